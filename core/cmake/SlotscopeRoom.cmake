# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# slotscope_room(NAME room SOURCES ... HEADERS ... [LINK ...] [PRIVATE_LINK ...] [PCH core|ui|none])
#
# One room = one folder = one static library, slotscope_<room> (alias Slotscope::<room>). Includes
# start at the repository's root. LINK is what its headers expose, PRIVATE_LINK is what only its
# sources use: these two lines state the architecture. Qt6::Core and the options are always linked.
#
# HEADERS form a header set, so that the target all_verify_interface_header_sets proves that each of
# them stands alone (without the precompiled header, which would hide what is missing).

# The precompiled headers' owner. It must be compiled exactly as its users are: same options, same
# defines (a user may add some), position independent.
function(slotscope_precompiled name)
    cmake_parse_arguments(arg "" "" "LINK;HEADERS" ${ARGN})
    set(source "${CMAKE_BINARY_DIR}/${name}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// Owns a precompiled header; has no code.\n")
    add_library(${name} OBJECT "${source}")
    set_target_properties(${name} PROPERTIES
        AUTOMOC OFF POSITION_INDEPENDENT_CODE ON VERIFY_INTERFACE_HEADER_SETS OFF)
    target_link_libraries(${name} PRIVATE slotscope_options ${arg_LINK})
    target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
endfunction()

set(slotscope_core_headers
    <QByteArray> <QByteArrayView> <QDateTime> <QDebug> <QHash> <QJsonArray> <QJsonObject> <QList>
    <QObject> <QPointer> <QSet> <QString> <QStringList> <QStringView> <QTimer> <QVariant>
    <algorithm> <array> <chrono> <compare> <cstdint> <functional> <map> <memory> <optional> <span>
    <string> <string_view> <utility> <variant> <vector>
)
if(SLOTSCOPE_PCH)
    slotscope_precompiled(slotscope_pch
        LINK Qt6::Core
        HEADERS ${slotscope_core_headers})
    if(SLOTSCOPE_UI)
        slotscope_precompiled(slotscope_ui_pch
            LINK Qt6::Core Qt6::Gui Qt6::Widgets
            HEADERS ${slotscope_core_headers}
                <QAbstractItemModel> <QAction> <QApplication> <QBoxLayout> <QColor> <QEvent> <QFont>
                <QImage> <QKeyEvent> <QLabel> <QMouseEvent> <QPainter> <QPainterPath> <QPixmap>
                <QWidget>)
    endif()
endif()

# slotscope_use_precompiled(target core|ui): needs Qt6::Core, for ui also Qt6::Widgets, on its link
# line. Does nothing when SLOTSCOPE_PCH is off.
function(slotscope_use_precompiled target kind)
    if(NOT SLOTSCOPE_PCH OR kind STREQUAL "none")
        return()
    endif()
    if(kind STREQUAL "ui")
        set(owner slotscope_ui_pch)
    else()
        set(owner slotscope_pch)
    endif()
    target_precompile_headers(${target} REUSE_FROM ${owner})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "EXECUTABLE")
        # Executables get -fPIE, which gcc takes for another precompiled header; the last one wins.
        target_compile_options(${target} PRIVATE -fPIC)
    endif()
endfunction()

function(slotscope_room)
    cmake_parse_arguments(arg "" "NAME;PCH" "SOURCES;HEADERS;LINK;PRIVATE_LINK" ${ARGN})
    if(NOT arg_NAME OR NOT arg_SOURCES)
        message(FATAL_ERROR "slotscope_room: NAME and SOURCES are needed")
    endif()
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "slotscope_room(${arg_NAME}): what is ${arg_UNPARSED_ARGUMENTS}?")
    endif()
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${PROJECT_SOURCE_DIR}"
        OUTPUT_VARIABLE folder)
    if(NOT arg_PCH)
        if(folder MATCHES "^ui(/|$)")
            set(arg_PCH ui)
        else()
            set(arg_PCH core)
        endif()
    endif()

    set(target slotscope_${arg_NAME})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(Slotscope::${arg_NAME} ALIAS ${target})
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_link_libraries(${target}
        PUBLIC slotscope_options Qt6::Core ${arg_LINK}
        PRIVATE ${arg_PRIVATE_LINK})
    # The header set is what gives the include root, also to a room that has no headers yet.
    target_sources(${target} PUBLIC
        FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
    slotscope_use_precompiled(${target} ${arg_PCH})
endfunction()
