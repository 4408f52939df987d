// Answers libc's own undefined symbols, so that the module imports no WASI function. Any thread; never called in
// practice.
#include <cstdint>

extern "C" {
constexpr int32_t kNotSupported = 52;
int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t, int32_t, int32_t, int32_t) { return kNotSupported; }
int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t) { return kNotSupported; }
int32_t __imported_wasi_snapshot_preview1_fd_seek(int32_t, int64_t, int32_t, int32_t) { return kNotSupported; }
}
