/*
 * Reads the settings. A key of the file is the variable's name in small letters without ALLONYM_: `names_file = …` is
 * ALLONYM_NAMES_FILE. What the environment says counts more.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "settings.h"

#include <fstream>

namespace aln_preload
{

namespace
{

std::string trimmed(const std::string &text)
{
    const char *blank = " \t\r";
    const size_t start = text.find_first_not_of(blank);
    return start == std::string::npos ? std::string() : text.substr(start, text.find_last_not_of(blank) - start + 1);
}

bool set_switch(bool &where, const std::string &value)
{
    if (value != "on" && value != "off")
        return false;
    where = value == "on";
    return true;
}

// False if there is no such key or it has no such value.
bool set(settings &s, const std::string &key, const std::string &value)
{
    if (key == "programs") {
        s.programs = value;
    } else if (key == "languages") {
        s.languages = value;
    } else if (key == "names_file") {
        s.names_file = value;
    } else if (key == "names") {
        if (value != "all" && value != "current" && value != "off")
            return false;
        s.names = value;
    } else if (key == "index") {
        return set_switch(s.index, value);
    } else if (key == "query") {
        return set_switch(s.query, value);
    } else if (key == "snippet") {
        return set_switch(s.snippet, value);
    } else if (key == "verbose") {
        return set_switch(s.verbose, value);
    } else {
        return false;
    }
    return true;
}

void read_file(settings &s, const std::string &path, std::string &problem)
{
    std::ifstream in(path);
    if (!in) {
        problem = path + ": cannot be read";
        return;
    }
    std::string line;
    for (unsigned number = 1; std::getline(in, line); number++) {
        line = trimmed(line);
        if (line.empty() || line[0] == '#')
            continue;
        const size_t equals = line.find('=');
        if (equals == std::string::npos || !set(s, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1))))
            problem = path + ":" + std::to_string(number) + ": not understood: " + line;
    }
}

} // namespace

settings read_settings(const char *(*environment)(const char *name), std::string &problem)
{
    static const char *const keys[][2] = {
        {"ALLONYM_PROGRAMS", "programs"},     {"ALLONYM_LANGUAGES", "languages"}, {"ALLONYM_NAMES", "names"},
        {"ALLONYM_NAMES_FILE", "names_file"}, {"ALLONYM_INDEX", "index"},         {"ALLONYM_QUERY", "query"},
        {"ALLONYM_SNIPPET", "snippet"},       {"ALLONYM_VERBOSE", "verbose"},
    };
    settings s;
    const char *file = environment("ALLONYM_CONFIG");
    if (file && *file)
        read_file(s, file, problem);
    for (const auto &key : keys) {
        const char *value = environment(key[0]);
        if (value && *value && !set(s, key[1], value))
            problem = std::string(key[0]) + ": not understood: " + value;
    }
    return s;
}

bool is_named(const std::string &programs, const std::string &program)
{
    for (size_t at = 0; at < programs.size();) {
        size_t end = programs.find_first_of(":, ", at);
        if (end == std::string::npos)
            end = programs.size();
        const std::string one = programs.substr(at, end - at);
        if (one == "*" || (!one.empty() && one == program))
            return true;
        at = end + 1;
    }
    return false;
}

} // namespace aln_preload
