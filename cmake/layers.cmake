# convene_layer(NAME USES … PRIVATE …): one folder of src/ as one library.
#
# USES are the layers it may include, PRIVATE the third-party libraries that
# stay inside its .cpp files. Sources are found by folder, so a new file needs
# no line here.
function(convene_layer name)
  cmake_parse_arguments(ARG "" "" "USES;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  list(TRANSFORM ARG_USES PREPEND convene_)
  if(NOT sources)
    add_library(convene_${name} INTERFACE)
    target_include_directories(convene_${name} INTERFACE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(convene_${name} INTERFACE convene_options ${ARG_USES})
    return()
  endif()
  add_library(convene_${name} STATIC ${sources})
  target_include_directories(convene_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(convene_${name} PUBLIC convene_options ${ARG_USES} PRIVATE ${ARG_PRIVATE})
endfunction()

# convene_tests(NAME LABEL l USES … SOURCES …): one test program.
# EACH registers every test case with CTest; without it the program is one
# entry, for tests that share an expensive server. RECORDS keeps what it says
# to the sandbox for exchanges_test. FILTER, as --gtest_filter= takes it, leaves
# some of EACH out.
set(CONVENE_EXCHANGES ${PROJECT_BINARY_DIR}/exchanges)
function(convene_tests name)
  cmake_parse_arguments(ARG "EACH;RECORDS" "LABEL;TIMEOUT;FILTER" "USES;SOURCES" ${ARGN})
  if(NOT ARG_SOURCES)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 900)
  endif()
  add_executable(${name} ${ARG_SOURCES} $<TARGET_OBJECTS:convene_test_process>)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE convene_options ${ARG_USES} GTest::gmock GTest::gtest_main)
  set(properties LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
  if(ARG_RECORDS)
    list(APPEND properties FIXTURES_REQUIRED exchanges
      ENVIRONMENT "CONVENE_SANDBOX_EXCHANGES=${CONVENE_EXCHANGES}/${name}.jsonl")
    set_property(GLOBAL APPEND PROPERTY CONVENE_RECORDERS ${name})
  endif()
  if(ARG_EACH)
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_FILTER "${ARG_FILTER}" PROPERTIES ${properties})
  else()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES ${properties})
  endif()
endfunction()
