#include "core/base/strict_json.h"

#include "core/base/text.h"

#include <set>
#include <vector>

namespace sextant {

namespace {

using Json = nlohmann::ordered_json;

/// Watches the parser's events before the document is built: the library itself keeps the last of equal keys
/// and follows any depth.
class Guard final : public nlohmann::json_sax<Json>
{
public:
    explicit Guard(std::size_t depth) : m_most(depth) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        if (m_keys.back().insert(name).second)
            return true;
        problem = "has a key that comes twice";
        return false;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override
    {
        problem = "is no JSON";
        detail = error.what();
        return false;
    }

    std::string problem = "is no JSON";
    std::string detail;

private:
    bool open()
    {
        m_keys.emplace_back();
        if (m_keys.size() <= m_most)
            return true;
        problem = "is nested too deep";
        return false;
    }
    bool close()
    {
        m_keys.pop_back();
        return true;
    }

    std::size_t m_most;
    std::vector<std::set<std::string>> m_keys;
};

} // namespace

Result<nlohmann::ordered_json> parseStrictJson(std::string_view text, std::string_view what,
                                               const JsonLimits& limits)
{
    auto refuse = [&](const std::string& why, const std::string& detail = {}) {
        return fail(ErrorCode::Corrupt, std::string(what) + " " + why, "Compare it with where it came from",
                    detail);
    };
    if (text.size() > limits.bytes)
        return refuse("is too large");
    if (!isUtf8(text))
        return refuse("is not UTF-8");
    Guard guard(limits.depth);
    if (!Json::sax_parse(text, &guard))
        return refuse(guard.problem, guard.detail);
    auto parsed = Json::parse(text, nullptr, false);
    if (parsed.is_discarded())
        return refuse("is no JSON");
    return parsed;
}

} // namespace sextant
