#include "core/io/os_random.h"

#include <cstdlib>
#include <sodium.h>

#ifndef _WIN32
#include <sys/stat.h>
#endif

namespace culvert {

OsRandom::OsRandom() {
    // Without it no key would be one: there is nothing to go on with.
    if (sodium_init() < 0)
        std::abort();
}

void OsRandom::fillPublic(MutableBytes out) {
    randombytes_buf(out.data(), out.size());
}

void OsRandom::fillSecret(MutableBytes out) {
    randombytes_buf(out.data(), out.size());
}

void restrictFileModes() {
#ifndef _WIN32
    ::umask(077);
#endif
}

} // namespace culvert
