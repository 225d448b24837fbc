# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Run by CPack between installing into its staging folder and packing it: what Debian wants and an
# ordinary installation does not.
cmake_minimum_required(VERSION 3.25)

function(finish component package)
    set(share "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}/usr/share")
    if(NOT EXISTS "${share}")
        message(FATAL_ERROR "nothing was staged in ${share}")
    endif()
    if(EXISTS "${share}/zsh/site-functions")
        # Debian's zsh looks into site-functions of /usr/local only.
        file(RENAME "${share}/zsh/site-functions" "${share}/zsh/vendor-completions")
    endif()
    set(doc "${share}/doc/${package}")
    # Not file(INSTALL), which would put CPack's DESTDIR in front.
    file(MAKE_DIRECTORY "${doc}")
    file(COPY_FILE "${CPACK_SLOTSCOPE_SOURCE}/resources/debian/copyright" "${doc}/copyright")
    file(COPY_FILE "${CPACK_SLOTSCOPE_SOURCE}/CHANGELOG.md" "${doc}/NEWS")
    string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC) # or SOURCE_DATE_EPOCH
    file(WRITE "${doc}/changelog"
        "slotscope (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
        "  * Built with CPack. What is new is in NEWS.gz.\n\n"
        " -- ${CPACK_PACKAGE_CONTACT}  ${today}\n")
    file(GLOB pages "${share}/man/man1/*.1")
    execute_process(COMMAND gzip -9n ${pages} "${doc}/changelog" "${doc}/NEWS"
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()

finish(cli slotscope-cli)
if("window" IN_LIST CPACK_COMPONENTS_ALL)
    finish(window slotscope)
endif()
