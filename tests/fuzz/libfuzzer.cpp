// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The entry point for libFuzzer, one program for each target. See docs/fuzzing.md.

#include "tests/fuzz/fuzztargets.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

const slotscope::tests::FuzzTarget& target()
{
    for (const auto& candidate : slotscope::tests::fuzzTargets()) {
        if (std::strcmp(candidate.name, SLOTSCOPE_FUZZ_TARGET) == 0)
            return candidate;
    }
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto& chosen = target();
    chosen.run({ reinterpret_cast<const char*>(data), static_cast<qsizetype>(size) });
    return 0;
}
