// A program over the library of stranger.cpp.
// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdio>
#include <string>

namespace Xapian
{

class Stem
{
  public:
    explicit Stem(const std::string &language);
    std::string name;
};

} // namespace Xapian

int main()
{
    puts(Xapian::Stem("kazakh").name.c_str());
    return 0;
}
