// NewFile: a file that appears under its name when it is whole, or not at all.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>

namespace culvert {

/// Written beside its name (NAME.new), readable for its owner alone from its first moment, and renamed at the end: a
/// crash leaves what was there before. Thread safety: one thread.
class NewFile {
public:
    static Result<std::unique_ptr<NewFile>> create(const std::filesystem::path& path);
    /// Removes what is not finished.
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    Result<void> write(BytesView bytes);
    /// On the disk, and then under its name, in the place of what had it. REQUIRES: nothing is called after it
    Result<void> finish();

private:
    NewFile(std::filesystem::path path, std::filesystem::path temporary)
        : m_path(std::move(path)), m_temporary(std::move(temporary)) {}
    Error problem() const;

    std::filesystem::path m_path, m_temporary;
    std::intptr_t m_handle = -1;
    bool m_isFinished = false;
};

/// Whole file; NotFound when it is not there.
Result<Bytes> readFile(const std::filesystem::path& path);
/// A NewFile with these octets.
Result<void> writeFileAtomically(const std::filesystem::path& path, BytesView bytes);
/// A new name is on the disk only when its folder is.
void syncFolder(const std::filesystem::path& folder);

} // namespace culvert
