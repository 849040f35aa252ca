#!/bin/sh
# Stands before rustc (`RUSTC_WRAPPER`) and has our own crates counted branch by branch, as `cargo fuzz` does,
# but with a stable compiler and without building every dependency anew.
case " $* " in
  *" --crate-name watches_"*|*" fuzz_targets/"*)
    exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
      -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
      -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing ;;
  *) exec "$@" ;;
esac
