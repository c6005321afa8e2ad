#include "core/store/cache/blob.h"

#include "core/store/files/folder.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

namespace sextant {
namespace {

constexpr std::uint64_t kMagic = 0x0A31'4843'4143'5853ULL; // "SXCACH1\n"
constexpr std::uint32_t kFormat = 3; // to be raised with every change of what is written
constexpr std::size_t kAlignment = 8;

struct Header
{
    std::uint64_t magic = kMagic;
    std::uint32_t format = kFormat;
    BlobKind kind{};
    std::uint64_t size = 0; // of what follows
    std::uint64_t checksum = 0;
};

std::size_t padding(std::size_t size)
{
    return (kAlignment - size % kAlignment) % kAlignment;
}

/// Writes through a buffer and hashes on the way.
class Output
{
public:
    explicit Output(int descriptor) : m_descriptor(descriptor), m_hash(XXH3_createState())
    {
        XXH3_64bits_reset(m_hash);
    }
    ~Output() { XXH3_freeState(m_hash); }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void add(std::string_view bytes)
    {
        constexpr std::size_t direct = 1 << 16;
        XXH3_64bits_update(m_hash, bytes.data(), bytes.size());
        if (bytes.size() < direct) {
            m_buffer.append(bytes);
            if (m_buffer.size() >= direct)
                flush();
            return;
        }
        flush();
        write(bytes);
    }
    bool finish()
    {
        flush();
        return m_good;
    }
    std::uint64_t checksum() const { return XXH3_64bits_digest(m_hash); }
    void write(std::string_view bytes) { m_good = m_good && files::writeAll(m_descriptor, bytes); }

private:
    void flush()
    {
        write(m_buffer);
        m_buffer.clear();
    }
    int m_descriptor;
    XXH3_state_t* m_hash;
    std::string m_buffer;
    bool m_good = true;
};

std::string_view bytesOf(const Header& header)
{
    return {reinterpret_cast<const char*>(&header), sizeof header};
}

/// Memory for a whole file; in large pages, as most of the time goes into page faults otherwise.
std::shared_ptr<char> memoryFor(std::size_t size)
{
    constexpr std::size_t page = 2 << 20;
    auto rounded = (size + page - 1) / page * page;
    bool large = size >= page;
    auto* memory = static_cast<char*>(large ? std::aligned_alloc(page, rounded) : std::malloc(size));
    if (large && memory)
        ::madvise(memory, rounded, MADV_HUGEPAGE);
    return {memory, &std::free};
}

/// Fills `bytes`, hashing all behind the header while it is still in the processor's cache.
bool readAndHash(int descriptor, std::span<char> bytes, std::uint64_t& checksum)
{
    constexpr std::size_t slice = 1 << 18;
    auto* hash = XXH3_createState();
    XXH3_64bits_reset(hash);
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto read = ::read(descriptor, bytes.data() + done, std::min(slice, bytes.size() - done));
        if (read <= 0)
            break;
        auto end = done + static_cast<std::size_t>(read);
        if (auto start = std::max(done, sizeof(Header)); start < end)
            XXH3_64bits_update(hash, bytes.data() + start, end - start);
        done = end;
    }
    checksum = XXH3_64bits_digest(hash);
    XXH3_freeState(hash);
    return done == bytes.size();
}

/// A name that no other process or thread uses.
std::string besideName(const std::string& file)
{
    static std::atomic<unsigned> count = 0;
    return file + "." + std::to_string(::getpid()) + "." + std::to_string(++count) + ".tmp";
}

bool writeAll(const std::string& file, Header header, const std::vector<std::string_view>& parts)
{
    files::FileHandle descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!descriptor)
        return false;
    constexpr std::array<char, kAlignment> zeros{};
    Output output(descriptor.get());
    output.write(bytesOf(header));
    for (auto part : parts) {
        output.add(part);
        output.add({zeros.data(), padding(part.size())});
    }
    if (!output.finish())
        return false;
    header.checksum = output.checksum();
    return ::pwrite(descriptor.get(), &header, sizeof header, 0) == sizeof header;
}

} // namespace

void BlobWriter::number(std::uint64_t value)
{
    m_numbers.push_back(value);
    add({reinterpret_cast<const char*>(&m_numbers.back()), sizeof value});
}

void BlobWriter::add(std::string_view bytes)
{
    m_parts.push_back(bytes);
    m_size += bytes.size() + padding(bytes.size());
}

bool BlobWriter::save(const std::string& file, BlobKind kind) const
{
    auto beside = besideName(file);
    Header header;
    header.kind = kind;
    header.size = m_size;
    if (writeAll(beside, header, m_parts) && std::rename(beside.c_str(), file.c_str()) == 0)
        return true;
    ::unlink(beside.c_str());
    return false;
}

std::optional<BlobReader> BlobReader::open(const std::string& file, BlobKind kind)
{
    files::FileHandle descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status
    {
    };
    if (!descriptor || ::fstat(descriptor.get(), &status) != 0)
        return std::nullopt;
    auto size = static_cast<std::size_t>(status.st_size);
    if (size < sizeof(Header) || size % kAlignment != 0)
        return std::nullopt;
    auto memory = memoryFor(size);
    std::uint64_t checksum = 0;
    if (!memory || !readAndHash(descriptor.get(), {memory.get(), size}, checksum))
        return std::nullopt;
    Header header;
    std::memcpy(&header, memory.get(), sizeof header);
    std::string_view content(memory.get() + sizeof header, size - sizeof header);
    if (header.magic != kMagic || header.format != kFormat || header.kind != kind ||
        header.size != content.size() || header.checksum != checksum)
        return std::nullopt;
    BlobReader reader;
    reader.m_memory = std::move(memory);
    reader.m_rest = content;
    return reader;
}

std::string_view BlobReader::take(std::uint64_t count, std::size_t itemSize)
{
    if (!m_good || count > m_rest.size() / itemSize) {
        m_good = false;
        return {};
    }
    auto size = static_cast<std::size_t>(count) * itemSize;
    auto bytes = m_rest.substr(0, size);
    m_rest.remove_prefix(size + padding(size)); // the writer has put the padding there, as the checksum shows
    return bytes;
}

std::string_view BlobReader::text()
{
    return take(number(), 1);
}

std::uint64_t BlobReader::number()
{
    auto bytes = take(1, sizeof(std::uint64_t));
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), bytes.size());
    return value;
}

} // namespace sextant
