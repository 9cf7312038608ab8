/*
 * Reads one field out of a document's data: a member of a JSON object (RFC 8259), or Omega's lines of name=value.
 *
 * Just enough JSON for that: the object is walked without building anything, and only the wanted string is decoded.
 * Data that is malformed gives no field rather than an error, as anyone may have written it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <cstring>

namespace aln
{

namespace
{

class reader
{
  public:
    explicit reader(const std::string &data) : at_(data.data()), end_(at_ + data.size())
    {
    }

    bool field(const char *name, std::string &value)
    {
        if (!take('{'))
            return false;
        std::string key;
        do {
            if (!string(&key) || !take(':'))
                return false;
            space();
            if (key == name)
                return string(&value);
            if (!skip_value())
                return false;
        } while (take(','));
        return false;
    }

  private:
    const char *at_, *end_;

    void space()
    {
        while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r'))
            at_++;
    }

    bool take(char c)
    {
        space();
        if (at_ == end_ || *at_ != c)
            return false;
        at_++;
        return true;
    }

    bool hex4(uint32_t &unit)
    {
        if (end_ - at_ < 4)
            return false;
        unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = *at_++;
            unit <<= 4;
            if (c >= '0' && c <= '9')
                unit |= static_cast<uint32_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                unit |= static_cast<uint32_t>(c - 'a' + 10);
            else if (c >= 'A' && c <= 'F')
                unit |= static_cast<uint32_t>(c - 'A' + 10);
            else
                return false;
        }
        return true;
    }

    bool escape(std::string *out)
    {
        static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
        if (at_ == end_)
            return false;
        char c = *at_++;
        if (c != 'u') {
            const char *p = c ? strchr(from, c) : nullptr;
            if (!p)
                return false;
            if (out)
                *out += to[p - from];
            return true;
        }
        uint32_t unit, low;
        if (!hex4(unit))
            return false;
        // A surrogate pair stands for one character; half of one for none.
        if (unit >= 0xD800 && unit < 0xDC00) {
            if (end_ - at_ < 2 || at_[0] != '\\' || at_[1] != 'u')
                return false;
            at_ += 2;
            if (!hex4(low) || low < 0xDC00 || low > 0xDFFF)
                return false;
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
        if (out)
            Xapian::Unicode::append_utf8(*out, unit);
        return true;
    }

    bool string(std::string *out)
    {
        if (!take('"'))
            return false;
        if (out)
            out->clear();
        for (;;) {
            const char *run = at_;
            while (at_ < end_ && *at_ != '"' && *at_ != '\\')
                at_++;
            if (out)
                out->append(run, static_cast<size_t>(at_ - run));
            if (at_ == end_)
                return false;
            if (*at_++ == '"')
                return true;
            if (!escape(out))
                return false;
        }
    }

    // Brackets are counted, not matched: whoever wrote the data had a JSON library.
    bool skip_value()
    {
        size_t depth = 0;
        do {
            space();
            if (at_ == end_)
                return false;
            switch (*at_) {
            case '"':
                if (!string(nullptr))
                    return false;
                break;
            case '{':
            case '[':
                depth++;
                at_++;
                break;
            case '}':
            case ']':
                if (!depth)
                    return false;
                depth--;
                at_++;
                break;
            case ',':
            case ':':
                at_++;
                break;
            default:
                while (at_ < end_ && !strchr(",:]} \t\r\n", *at_))
                    at_++;
            }
        } while (depth);
        return true;
    }
};

} // namespace

bool data_field(const std::string &data, const char *field, std::string &value)
{
    const size_t first = data.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && data[first] == '{')
        return reader(data).field(field, value);
    const std::string start = std::string(field) + "=";
    bool found = false;
    value.clear();
    for (size_t at = 0; at < data.size();) {
        size_t line_end = data.find('\n', at);
        if (line_end == std::string::npos)
            line_end = data.size();
        // A field that was given twice stands on two lines.
        if (data.compare(at, start.size(), start) == 0) {
            if (found)
                value += '\n';
            value.append(data, at + start.size(), line_end - at - start.size());
            found = true;
        }
        at = line_end + 1;
    }
    return found;
}

} // namespace aln
