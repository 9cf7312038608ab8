# Installs by apt what is missing of the packages named on its command line: packages.sh PACKAGE…
# Nothing is called when nothing is missing. Where there is no dpkg the build itself says what it lacks.
# SPDX-License-Identifier: MIT
set -eu
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=
for package; do
    # A package of two architectures gives the word twice.
    case $(dpkg-query -W -f '${db:Status-Status} ' "$package" 2>/dev/null || true) in
    'installed '*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
sudo=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "missing packages, and neither root nor sudo to install them:$missing" >&2
        exit 3
    fi
    sudo=sudo
fi
echo "installing:$missing" >&2
$sudo apt-get -q update >&2
# shellcheck disable=SC2086 # a list of words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing >&2
