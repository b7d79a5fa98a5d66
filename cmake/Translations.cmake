# triptych_add_translations(TARGET FILE.ts...): compiles texts of other languages and puts them into the program's
# resources, below :/translations. The target calls Q_INIT_RESOURCE(triptych_translations) before it needs them.
find_package(Qt6LinguistTools 6.4 QUIET)
if(NOT TARGET Qt6::lrelease)
  message(FATAL_ERROR "lrelease of Qt 6, which compiles the translations, is missing. packaging/setup.sh installs it; "
                      "by hand: apt-get install qt6-tools-dev qt6-l10n-tools")
endif()

function(triptych_add_translations target)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/translations)
  set(rows "")
  set(compiled "")
  foreach(texts ${ARGN})
    get_filename_component(name ${texts} NAME_WE)
    add_custom_command(OUTPUT ${folder}/${name}.qm
      COMMAND Qt6::lrelease -silent ${texts} -qm ${folder}/${name}.qm
      DEPENDS ${texts} VERBATIM)
    list(APPEND compiled ${folder}/${name}.qm)
    string(APPEND rows "    <file>${name}.qm</file>\n")
  endforeach()
  file(CONFIGURE OUTPUT ${folder}/translations.qrc @ONLY
    CONTENT "<RCC>\n  <qresource prefix=\"/translations\">\n${rows}  </qresource>\n</RCC>\n")
  add_custom_command(OUTPUT ${folder}/translations.cpp
    COMMAND Qt6::rcc --name triptych_translations --output ${folder}/translations.cpp ${folder}/translations.qrc
    DEPENDS ${compiled} ${folder}/translations.qrc VERBATIM)
  target_sources(${target} PRIVATE ${folder}/translations.cpp)
  set_source_files_properties(${folder}/translations.cpp PROPERTIES SKIP_AUTOGEN ON SKIP_LINTING ON)
endfunction()
