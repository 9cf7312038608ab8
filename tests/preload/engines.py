"""Stock programs over libxapian in a folder of their own, with and without allonym preloaded.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import calendar
import email.message
import email.policy
import html
import json
import os
import re
import shutil
import subprocess
import urllib.parse

OMEGA = "/usr/lib/cgi-bin/omega/omega"

INDEX_SCRIPT = """\
id : field boolean=Q unique=Q
title : field index=S index
text : field index
lang : field boolean=L
date : field date=yyyymmdd
"""

# One line a hit: id, a tab, the snippet. OmegaScript drops blanks behind a command only.
TEMPLATE = """\
$set{stemmer,english}$set{default_op,and}$setmap{prefix,title,S}$setmap{boolprefix,lang,L}\
$hitlist{$field{id}$chr{9}$snippet{$field{text},200}$chr{10}}"""


class Skip(Exception):
    """A program that cannot be tested, as it is not there."""


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skip(f"{program} is not installed")


def read_corpus(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def run(command, env=None, text=None, check=True):
    """Standard output of a command, which must succeed and say nothing of allonym's on standard error."""
    done = subprocess.run(command, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}, input=text,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if check and done.returncode != 0:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    if "allonym:" in done.stderr:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout


def split_dates(query):
    """The query without its date: part, and the first and last day as YYYYMMDD ("" = open)."""
    found = re.search(r"(?:^|\s)date:(\S+)", query)
    if not found:
        return query, "", ""
    low, dots, high = found.group(1).partition("..")
    if not dots:
        high = low

    def day(text, last):
        parts = [int(p) for p in text.split("-")]
        if len(parts) == 1:
            parts.append(12 if last else 1)
        if len(parts) == 2:
            parts.append(calendar.monthrange(*parts)[1] if last else 1)
        return "%04d%02d%02d" % tuple(parts)

    rest = (query[:found.start()] + query[found.end():]).strip()
    return rest, day(low, False) if low else "", day(high, True) if high else ""


class Omega:
    """scriptindex and the omega CGI."""

    def __init__(self, folder, runner, corpus, preload_index=True):
        need("scriptindex", OMEGA)
        self.folder, self.runner = folder, runner
        os.makedirs(f"{folder}/templates", exist_ok=True)
        os.makedirs(f"{folder}/data", exist_ok=True)
        with open(f"{folder}/omega.conf", "w", encoding="utf-8") as conf:
            conf.write(f"database_dir {folder}/data\ntemplate_dir {folder}/templates\nlog_dir {folder}\n"
                       f"cdb_dir {folder}\n")
        with open(f"{folder}/templates/ids", "w", encoding="utf-8") as template:
            template.write(TEMPLATE)
        with open(f"{folder}/index.script", "w", encoding="utf-8") as script:
            script.write(INDEX_SCRIPT)
        records = []
        for doc in corpus:
            fields = [("id", doc["id"]), ("lang", doc["lang"]), ("date", doc["date"].replace("-", "")),
                      ("title", doc.get("title", "")), ("text", doc["text"])]
            records.append("\n".join(f"{name}=" + value.replace("\n", "\n=") for name, value in fields))
        with open(f"{folder}/records", "w", encoding="utf-8") as out:
            out.write("\n\n".join(records) + "\n")
        before = [runner] if preload_index else []
        run(before + ["scriptindex", f"{folder}/data/default", f"{folder}/index.script", f"{folder}/records"])

    def page(self, query, preload=True, **parameters):
        """The page that the CGI sends, without its header."""
        text, first, last = split_dates(query)
        fields = {"P": text, "FMT": "ids", "HITSPERPAGE": "1000", "START": first, "END": last, **parameters}
        cgi = {"REQUEST_METHOD": "GET", "OMEGA_CONFIG_FILE": f"{self.folder}/omega.conf",
               "QUERY_STRING": urllib.parse.urlencode({k: v for k, v in fields.items() if v})}
        answer = run(([self.runner] if preload else []) + [OMEGA], env=cgi)
        return answer.replace("\r\n", "\n").partition("\n\n")[2]

    def hits(self, query, preload=True, **parameters):
        """Pairs of id and snippet, in order."""
        lines = (line.partition("\t") for line in self.page(query, preload, **parameters).split("\n"))
        return [(name, snippet) for name, _, snippet in lines if name]

    def search(self, query, preload=True, **parameters):
        return [name for name, _ in self.hits(query, preload, **parameters)]


class Notmuch:
    """notmuch on a maildir that is written from the corpus: title and text as subject and body, language as a tag."""

    def __init__(self, folder, runner, corpus, preload_index=True):
        need("notmuch")
        self.folder, self.runner = folder, runner
        mail = f"{folder}/mail"
        for part in ("cur", "new", "tmp"):
            os.makedirs(f"{mail}/{part}", exist_ok=True)
        with open(f"{folder}/config", "w", encoding="utf-8") as config:
            config.write(f"[database]\npath={mail}\n[user]\nname=Reader\nprimary_email=reader@example.org\n"
                         "[new]\ntags=new\n[search]\nexclude_tags=\n")
        self.env = {"NOTMUCH_CONFIG": f"{folder}/config", "HOME": folder}
        tags = []
        for doc in corpus:
            message = email.message.EmailMessage(policy=email.policy.SMTPUTF8)
            message["From"] = "desk@example.org"
            message["To"] = "reader@example.org"
            message["Subject"] = doc.get("title", "")
            message["Date"] = email.utils.format_datetime(
                email.utils.parsedate_to_datetime(f"{doc['date'][8:10]} {calendar.month_abbr[int(doc['date'][5:7])]} "
                                                  f"{doc['date'][:4]} 12:00:00 +0000"))
            message["Message-ID"] = f"<{doc['id']}@example.org>"
            message.set_content(doc["text"])
            with open(f"{mail}/cur/{doc['id']}:2,S", "wb") as out:
                out.write(message.as_bytes())
            tags.append(f"+{doc['lang']} -- id:{doc['id']}@example.org")
        before = [runner] if preload_index else []
        run(before + ["notmuch", "new", "--quiet"], env=self.env)
        run(before + ["notmuch", "tag", "--batch"], env=self.env, text="\n".join(tags) + "\n")

    def search(self, query, preload=True):
        text, first, last = split_dates(query)
        text = re.sub(r"\blang:", "tag:", re.sub(r"\btitle:", "subject:", text))
        if first or last:
            iso = [f"{d[:4]}-{d[4:6]}-{d[6:]}" if d else "" for d in (first, last)]
            text += f" date:{iso[0]}..{iso[1]}"
        answer = run(([self.runner] if preload else []) + ["notmuch", "search", "--output=messages", text],
                     env=self.env)
        return [re.sub(r"^id:(.*)@example\.org$", r"\1", line) for line in answer.split("\n") if line]
