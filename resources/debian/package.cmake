# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Packages by CPack (docs/packaging.md): slotscope-cli, which needs no Qt Gui, and slotscope, the
# window. What they depend on is read from the programs by dpkg-shlibdeps; what only some uses need,
# and no linker sees, stands here.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME slotscope)
# Each component has its own first line.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGE_VENDOR "Slotscope contributors")
set(CPACK_PACKAGE_CONTACT "Slotscope contributors <contributors@slotscope.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/finish.cmake")
set(CPACK_SLOTSCOPE_SOURCE "${PROJECT_SOURCE_DIR}")

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL cli)
if(SLOTSCOPE_UI)
    list(APPEND CPACK_COMPONENTS_ALL window)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_CLI_PACKAGE_NAME slotscope-cli)
set(CPACK_DEBIAN_CLI_PACKAGE_SECTION database)
set(CPACK_DEBIAN_CLI_PACKAGE_RECOMMENDS "ca-certificates, libsecret-1-0, openssh-client")
# Not recommended: the server's package starts a server, which is not wanted on every bastion.
set(CPACK_DEBIAN_CLI_PACKAGE_SUGGESTS "redis-server | valkey-server, slotscope")
set(CPACK_COMPONENT_CLI_DESCRIPTION
"explorer for Redis and Valkey Cluster, command line
Given one endpoint of a cluster, any endpoint, it finds every node, prints who
owns which of the 16384 slots, says what is wrong, runs commands, and shows,
hop by hop, what MOVED and ASK did to them.

This package needs no display. The window is in the package slotscope. Its
local clusters to try things on need redis-server or valkey-server.")

set(CPACK_DEBIAN_WINDOW_PACKAGE_NAME slotscope)
set(CPACK_DEBIAN_WINDOW_PACKAGE_SECTION database)
set(CPACK_DEBIAN_WINDOW_PACKAGE_DEPENDS
    "slotscope-cli (= ${PROJECT_VERSION}), hicolor-icon-theme")
# The window's first page offers a local cluster.
set(CPACK_DEBIAN_WINDOW_PACKAGE_RECOMMENDS "redis-server | valkey-server, qt6-wayland")
set(CPACK_COMPONENT_WINDOW_DESCRIPTION
"explorer for Redis and Valkey Cluster
Given one endpoint of a cluster, any endpoint, it finds every node, draws who
owns which of the 16384 slots, says what is wrong, runs commands, and shows,
hop by hop, what MOVED and ASK did to them: as a plain client and as a cluster
client would see it.")
include(CPack)
