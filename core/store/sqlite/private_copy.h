// PrivateCopy: a folder for a copy of a database, removed with the object. It stays locked while the object
// lives, so that a later process finds and removes what one that was killed has left.
#pragma once

#include "core/base/error.h"

#include <memory>
#include <string>

namespace sextant::sqlite {

class PrivateCopy
{
public:
    /// In the folder for temporary files, for this user alone. Error: Io.
    static Result<std::shared_ptr<PrivateCopy>> make();
    ~PrivateCopy();
    PrivateCopy(const PrivateCopy&) = delete;
    PrivateCopy& operator=(const PrivateCopy&) = delete;

    /// Where the copy is to be.
    std::string database() const { return m_folder + "/copy.db"; }

private:
    PrivateCopy(std::string folder, int lock) : m_folder(std::move(folder)), m_lock(lock) {}

    std::string m_folder;
    int m_lock; // descriptor of the folder
};

} // namespace sextant::sqlite
