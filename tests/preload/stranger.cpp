// A library that calls itself libxapian 9.0.0: the preload library has to leave it alone.
// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>

namespace Xapian
{

namespace Internal
{

struct constinfo {
    unsigned char categories[256];
    int major, minor, revision;
    char str[8];
};

const constinfo *get_constinfo_()
{
    static const constinfo info = {{0}, 9, 0, 0, "9.0.0"};
    return &info;
}

} // namespace Internal

class Stem
{
  public:
    explicit Stem(const std::string &language);
    std::string name;
};

Stem::Stem(const std::string &language) : name("stranger's " + language)
{
}

} // namespace Xapian
