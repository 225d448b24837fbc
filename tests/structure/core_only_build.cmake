# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Configures the preset core-only with warnings as errors in BINARY, builds the libraries and the
# command line, and builds and runs UNIT_TEST.

set(hiredis)
if(HIREDIS)
    set(hiredis "-DFETCHCONTENT_SOURCE_DIR_HIREDIS=${HIREDIS}")
endif()

function(run)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${SOURCE}" RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        list(JOIN ARGN " " command)
        message(FATAL_ERROR "failed (${status}): ${command}")
    endif()
endfunction()

run("${CMAKE_COMMAND}" --preset core-only -B "${BINARY}" -DSLOTSCOPE_WERROR=ON ${hiredis})
run("${CMAKE_COMMAND}" --build "${BINARY}" --target slotscope "${UNIT_TEST}" core/all)
run("${CMAKE_CTEST_COMMAND}" --test-dir "${BINARY}" --no-tests=error --output-on-failure
    -R "^${UNIT_TEST}$")
