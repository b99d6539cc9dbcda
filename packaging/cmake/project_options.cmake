# One interface target carries the language standard, the warnings and the sanitizers of every target.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(project_options INTERFACE CULVERT_VERSION="${PROJECT_VERSION}")
if(MSVC)
  target_compile_options(project_options INTERFACE /W4 /permissive- /utf-8 $<$<BOOL:${CULVERT_WERROR}>:/WX>)
else()
  target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    # GCC 12 reports std::variant and std::optional as uninitialized where they are not.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    $<$<BOOL:${CULVERT_WERROR}>:-Werror>)
endif()
if(CULVERT_SANITIZE)
  target_compile_options(project_options INTERFACE -fsanitize=${CULVERT_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(project_options INTERFACE -fsanitize=${CULVERT_SANITIZE})
endif()

# Qt's own traps, closed: no implicit conversions, no connect() without a context object.
add_library(qt_strict INTERFACE)
target_compile_definitions(qt_strict INTERFACE
  QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
  QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400)
