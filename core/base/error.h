// Result and Error: how every function of the core reports failure.
// Values, safe to move between threads. No exception leaves a public function of the core.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace sextant {

enum class ErrorCode {
    InvalidArgument, // the caller's words do not fit; nothing was tried
    Syntax,          // a filter or ordering does not parse; `range` says where
    NotFound,
    AlreadyExists,
    PermissionDenied,
    ReadOnly, // the store was not unlocked, or can't be written safely
    Locked,   // another process held the store for longer than we wait
    NotAStore,
    Corrupt,
    Unsupported,
    Io,
    Cancelled,
};

/// A stretch of a text the user typed: byte offsets.
struct TextRange
{
    std::size_t begin = 0;
    std::size_t length = 0;
    bool operator==(const TextRange&) const = default;
};

struct Error
{
    ErrorCode code = ErrorCode::Io;
    std::string message; // one sentence for the user, without a full stop
    std::string hint;    // what to do next; may be empty
    std::string detail;  // what the library or system said; may be empty
    std::optional<TextRange> range;
};

/// Either a value or an Error. Must not be ignored.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
};

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {},
                                                std::string detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint), std::move(detail), {}});
}

/// Passes the error of a failed result on to the caller.
template <class T>
[[nodiscard]] tl::unexpected<Error> forward(Result<T>& failed)
{
    return tl::unexpected<Error>(std::move(failed).error());
}

} // namespace sextant

#define SEXTANT_JOIN2(a, b) a##b
#define SEXTANT_JOIN(a, b) SEXTANT_JOIN2(a, b)
#define SEXTANT_TRY_AS(result, target, expression)                                                           \
    auto result = (expression);                                                                              \
    if (!result)                                                                                             \
        return tl::unexpected(std::move(result).error());                                                    \
    target = std::move(*result)

/// `SEXTANT_TRY(auto run, store.run(id));` binds the value or returns the error.
#define SEXTANT_TRY(target, expression) SEXTANT_TRY_AS(SEXTANT_JOIN(result_, __LINE__), target, expression)

/// The same for Result<void>.
#define SEXTANT_CHECK(expression)                                                                            \
    if (auto checked = (expression); !checked)                                                               \
    return tl::unexpected(std::move(checked).error())
