# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# slotscope_options: the language level, the warnings and Qt's strict defines, in one place. Every
# target of ours links it; nothing else sets compile flags.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Debug CACHE STRING "Kind of build" FORCE)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Makes the target all_verify_interface_header_sets: each header compiled alone.
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

add_library(slotscope_options INTERFACE)
add_library(Slotscope::options ALIAS slotscope_options)
target_compile_features(slotscope_options INTERFACE cxx_std_20)

target_compile_options(slotscope_options INTERFACE
    $<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>:
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
        -Wimplicit-fallthrough>
    $<$<BOOL:${SLOTSCOPE_WERROR}>:-Werror>
)

# QT_NO_KEYWORDS: `slots` and `emit` are macros of Qt, and `slots` is our most used noun.
target_compile_definitions(slotscope_options INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_USE_QSTRINGBUILDER
    QT_NO_FOREACH
    QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>
)

if(SLOTSCOPE_SANITIZE)
    set(slotscope_sanitizers
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(slotscope_options INTERFACE ${slotscope_sanitizers})
    target_link_options(slotscope_options INTERFACE ${slotscope_sanitizers})
endif()

# For tests/fuzz: coverage of all of ours, which libFuzzer follows.
option(SLOTSCOPE_LIBFUZZER "Build the coverage-guided fuzzers (clang only)" OFF)
mark_as_advanced(SLOTSCOPE_LIBFUZZER)
if(SLOTSCOPE_LIBFUZZER)
    target_compile_options(slotscope_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# A quick linker, if there is one: with two cores and a sanitized build, ld.bfd is half of the time.
include(CheckLinkerFlag)
foreach(linker IN ITEMS mold lld)
    check_linker_flag(CXX "-fuse-ld=${linker}" SLOTSCOPE_LINKS_WITH_${linker})
    if(SLOTSCOPE_LINKS_WITH_${linker})
        target_link_options(slotscope_options INTERFACE "-fuse-ld=${linker}")
        break()
    endif()
endforeach()

# ccache, if there is one. gcc's precompiled headers are cacheable only with these sloppinesses and
# with -fpch-preprocess (clang needs -fno-pch-timestamp).
find_program(SLOTSCOPE_CCACHE ccache DOC "Compiler cache")
mark_as_advanced(SLOTSCOPE_CCACHE)
if(SLOTSCOPE_CCACHE)
    if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
        set(CMAKE_CXX_COMPILER_LAUNCHER
            "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros"
            "${SLOTSCOPE_CCACHE}")
    endif()
    if(NOT CMAKE_C_COMPILER_LAUNCHER)
        set(CMAKE_C_COMPILER_LAUNCHER "${SLOTSCOPE_CCACHE}")
    endif()
endif()
if(SLOTSCOPE_PCH)
    target_compile_options(slotscope_options INTERFACE
        $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>
        $<$<COMPILE_LANG_AND_ID:CXX,Clang>:SHELL:-Xclang -fno-pch-timestamp>
    )
endif()
