# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Slotscope::hiredis, for core/resp alone: its RESP reader and command formatting. At least 1.2 is
# needed (RESP3, replies nested deeper than 8). Looked for in this order:
#   1. an installed hiredis >= 1.2 (pkg-config)
#   2. FETCHCONTENT_SOURCE_DIR_HIREDIS, an unpacked source, as the set-up scripts give it; or
#      the folder where app/setup/fetch-hiredis.sh left it on an earlier run
#   3. the upstream release, downloaded and checked against its hash
# Code includes it as <hiredis/read.h> in all cases.

set(SLOTSCOPE_HIREDIS_VERSION 1.2.0)
# Of the upstream release's archive; Debian's hiredis_1.2.0.orig.tar.gz is the same file.
# app/setup/fetch-hiredis.sh reads both from here.
set(SLOTSCOPE_HIREDIS_SHA256 82ad632d31ee05da13b537c124f819eb88e18851d9cb0c30ae0552084811588c)

# Built from a list instead of by hiredis' own CMakeLists.txt: that one sets project-wide options,
# includes CPack and installs itself.
function(slotscope_build_hiredis source)
    set(include "${CMAKE_BINARY_DIR}/hiredis-include")
    file(GLOB headers RELATIVE "${source}" "${source}/*.h")
    foreach(header IN LISTS headers)
        configure_file("${source}/${header}" "${include}/hiredis/${header}" COPYONLY)
    endforeach()
    add_library(slotscope_hiredis STATIC EXCLUDE_FROM_ALL
        "${source}/alloc.c"
        "${source}/async.c"
        "${source}/hiredis.c"
        "${source}/net.c"
        "${source}/read.c"
        "${source}/sds.c"
        "${source}/sockcompat.c"
    )
    set_target_properties(slotscope_hiredis PROPERTIES
        C_STANDARD 99 AUTOMOC OFF POSITION_INDEPENDENT_CODE ON)
    # Its warnings are not ours to mend; its overruns of our bytes are ours to hear of.
    target_compile_options(slotscope_hiredis PRIVATE
        -w $<$<BOOL:${SLOTSCOPE_SANITIZE}>:-fsanitize=address>
        $<$<BOOL:${SLOTSCOPE_LIBFUZZER}>:-fsanitize=fuzzer-no-link>)
    target_include_directories(slotscope_hiredis SYSTEM INTERFACE "${include}")
    add_library(Slotscope::hiredis ALIAS slotscope_hiredis)
endfunction()

function(slotscope_find_hiredis)
    if(NOT FETCHCONTENT_SOURCE_DIR_HIREDIS)
        find_package(PkgConfig QUIET)
        if(PKG_CONFIG_FOUND)
            pkg_check_modules(HIREDIS QUIET IMPORTED_TARGET "hiredis>=1.2")
        endif()
        if(HIREDIS_FOUND)
            add_library(Slotscope::hiredis ALIAS PkgConfig::HIREDIS)
            message(STATUS "hiredis: installed, ${HIREDIS_VERSION}")
            return()
        endif()
        if(DEFINED ENV{XDG_CACHE_HOME})
            set(cache "$ENV{XDG_CACHE_HOME}")
        else()
            set(cache "$ENV{HOME}/.cache")
        endif()
        set(fetched "${cache}/slotscope/hiredis-${SLOTSCOPE_HIREDIS_VERSION}")
        if(EXISTS "${fetched}/hiredis.h")
            set(FETCHCONTENT_SOURCE_DIR_HIREDIS "${fetched}")
        endif()
    endif()

    if(FETCHCONTENT_SOURCE_DIR_HIREDIS)
        if(NOT EXISTS "${FETCHCONTENT_SOURCE_DIR_HIREDIS}/read.h")
            message(FATAL_ERROR "FETCHCONTENT_SOURCE_DIR_HIREDIS is "
                "${FETCHCONTENT_SOURCE_DIR_HIREDIS}, and there is no hiredis there. "
                "app/setup/fetch-hiredis.sh downloads it and prints the folder.")
        endif()
        message(STATUS "hiredis: source in ${FETCHCONTENT_SOURCE_DIR_HIREDIS}")
        slotscope_build_hiredis("${FETCHCONTENT_SOURCE_DIR_HIREDIS}")
        return()
    endif()

    set(url "https://github.com/redis/hiredis/archive/refs/tags")
    set(url "${url}/v${SLOTSCOPE_HIREDIS_VERSION}.tar.gz")
    message(STATUS "hiredis: downloading ${url} "
        "(to avoid it, run app/setup/fetch-hiredis.sh first or install hiredis >= 1.2)")
    include(FetchContent)
    FetchContent_Declare(hiredis
        URL "${url}"
        URL_HASH "SHA256=${SLOTSCOPE_HIREDIS_SHA256}"
        DOWNLOAD_EXTRACT_TIMESTAMP TRUE
        # No such folder, so that its own CMakeLists.txt is not read.
        SOURCE_SUBDIR source-only)
    FetchContent_MakeAvailable(hiredis)
    slotscope_build_hiredis("${hiredis_SOURCE_DIR}")
endfunction()
slotscope_find_hiredis()
