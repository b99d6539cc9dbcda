#include "core/store/new_file.h"

#include <fstream>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace culvert {

namespace {

#ifdef _WIN32
// The user's own folder is closed to others there.
int openNew(const std::filesystem::path& path) {
    return ::_wopen(path.c_str(), _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY, _S_IREAD | _S_IWRITE);
}
std::int64_t writeSome(int file, BytesView bytes) {
    return ::_write(file, bytes.data(), static_cast<unsigned>(bytes.size()));
}
bool syncFile(int file) {
    return ::_commit(file) == 0;
}
bool closeFile(int file) {
    return ::_close(file) == 0;
}
#else
int openNew(const std::filesystem::path& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
}
std::int64_t writeSome(int file, BytesView bytes) {
    return ::write(file, bytes.data(), bytes.size());
}
bool syncFile(int file) {
    return ::fsync(file) == 0;
}
bool closeFile(int file) {
    return ::close(file) == 0;
}
#endif

} // namespace

Result<std::unique_ptr<NewFile>> NewFile::create(const std::filesystem::path& path) {
    std::unique_ptr<NewFile> file(new NewFile(path, path.string() + ".new"));
    std::error_code error;
    std::filesystem::remove(file->m_temporary, error); // what a crash left
    file->m_handle = openNew(file->m_temporary);
    if (file->m_handle < 0)
        return Unexpected(file->problem());
    return file;
}

NewFile::~NewFile() {
    if (m_handle >= 0)
        closeFile(static_cast<int>(m_handle));
    std::error_code error;
    if (!m_isFinished)
        std::filesystem::remove(m_temporary, error);
}

Error NewFile::problem() const {
    return {ErrorCode::IoFailure,
            "Cannot write " + m_path.string() + ": " + std::generic_category().message(errno) + "."};
}

Result<void> NewFile::write(BytesView bytes) {
    while (!bytes.empty()) {
        const std::int64_t size = writeSome(static_cast<int>(m_handle), bytes);
        if (size <= 0)
            return Unexpected(problem());
        bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
    return {};
}

Result<void> NewFile::finish() {
    const bool isSynced = syncFile(static_cast<int>(m_handle));
    const bool isClosed = closeFile(static_cast<int>(m_handle));
    m_handle = -1;
    if (!isSynced || !isClosed)
        return Unexpected(problem());
    std::error_code error;
    std::filesystem::rename(m_temporary, m_path, error);
    if (error)
        return fail(ErrorCode::IoFailure, "Cannot write " + m_path.string() + ": " + error.message() + ".");
    m_isFinished = true;
    syncFolder(m_path.parent_path());
    return {};
}

Result<Bytes> readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, "Cannot read " + path.string() + ".");
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

Result<void> writeFileAtomically(const std::filesystem::path& path, BytesView bytes) {
    TRY(file, NewFile::create(path));
    TRY_VOID(file->write(bytes));
    return file->finish();
}

#ifdef _WIN32
void syncFolder(const std::filesystem::path&) {}
#else
void syncFolder(const std::filesystem::path& folder) {
    const int handle = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return;
    ::fsync(handle);
    ::close(handle);
}
#endif

} // namespace culvert
