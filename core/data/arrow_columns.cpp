#include "core/data/arrow_columns.h"

#include "core/base/text.h"

#include <arrow/array.h>
#include <arrow/type.h>

#include <cmath>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace sextant {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
constexpr double kDayMs = 86'400'000.0;

struct TextHash : std::hash<std::string_view>
{
    using is_transparent = void;
};

/// Gathers texts into distinct ones and codes.
class TextColumn
{
public:
    explicit TextColumn(Column& column) : m_column(column) {}

    std::int32_t codeOf(std::string_view text)
    {
        auto found = m_known.find(text);
        if (found == m_known.end()) {
            found = m_known.emplace(text, static_cast<std::int32_t>(m_column.texts.size())).first;
            m_column.texts.emplace_back(text);
        }
        return found->second;
    }
    void add(std::int32_t code) { m_column.codes.push_back(code); }

private:
    Column& m_column;
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> m_known;
};

template <class ArrayType>
void addTexts(const arrow::Array& array, TextColumn& out)
{
    const auto& texts = static_cast<const ArrayType&>(array);
    for (std::int64_t i = 0; i < texts.length(); ++i)
        out.add(texts.IsNull(i) ? kNoCode : out.codeOf(texts.GetView(i)));
}

std::string_view textAt(const arrow::Array& array, std::int64_t i)
{
    if (array.type_id() == arrow::Type::LARGE_STRING)
        return static_cast<const arrow::LargeStringArray&>(array).GetView(i);
    return static_cast<const arrow::StringArray&>(array).GetView(i);
}

void addDictionary(const arrow::DictionaryArray& array, TextColumn& out)
{
    const auto& dictionary = *array.dictionary();
    std::vector<std::int32_t> codes(static_cast<std::size_t>(dictionary.length()), kNoCode);
    // A dictionary may hold texts that no row has: they get a code when one does.
    for (std::int64_t i = 0; i < array.length(); ++i) {
        if (array.IsNull(i)) {
            out.add(kNoCode);
            continue;
        }
        auto at = array.GetValueIndex(i);
        auto& code = codes[static_cast<std::size_t>(at)];
        if (code == kNoCode && !dictionary.IsNull(at))
            code = out.codeOf(textAt(dictionary, at));
        out.add(code);
    }
}

void addValue(Column& column, bool isNull, double value)
{
    if (isNull && column.absent.empty())
        column.absent.resize(column.numbers.size(), 0);
    column.numbers.push_back(isNull ? kAbsent : value);
    if (isNull || !column.absent.empty())
        column.absent.push_back(isNull ? 1 : 0);
}

template <class ArrayType, class ToNumber>
void addNumbers(const arrow::Array& array, Column& column, const ToNumber& toNumber)
{
    const auto& values = static_cast<const ArrayType&>(array);
    for (std::int64_t i = 0; i < values.length(); ++i)
        addValue(column, values.IsNull(i), values.IsNull(i) ? 0 : toNumber(values.Value(i)));
}

double msFactor(arrow::TimeUnit::type unit)
{
    switch (unit) {
    case arrow::TimeUnit::SECOND:
        return 1000;
    case arrow::TimeUnit::MILLI:
        return 1;
    case arrow::TimeUnit::MICRO:
        return 1e-3;
    case arrow::TimeUnit::NANO:
        return 1e-6;
    }
    return 1;
}

void addTimes(const arrow::Array& array, Column& column)
{
    auto plain = [](auto value) { return static_cast<double>(value); };
    if (array.type_id() == arrow::Type::DATE32)
        return addNumbers<arrow::Date32Array>(array, column, [&](auto days) { return plain(days) * kDayMs; });
    if (array.type_id() == arrow::Type::DATE64)
        return addNumbers<arrow::Date64Array>(array, column, plain);
    auto factor = msFactor(static_cast<const arrow::TimestampType&>(*array.type()).unit());
    addNumbers<arrow::TimestampArray>(array, column,
                                      [&](auto value) { return std::floor(plain(value) * factor); });
}

void addChunk(const arrow::Array& array, Column& column)
{
    auto plain = [](auto value) { return static_cast<double>(value); };
    switch (array.type_id()) {
    case arrow::Type::BOOL:
        return addNumbers<arrow::BooleanArray>(array, column, plain);
    case arrow::Type::INT8:
        return addNumbers<arrow::Int8Array>(array, column, plain);
    case arrow::Type::INT16:
        return addNumbers<arrow::Int16Array>(array, column, plain);
    case arrow::Type::INT32:
        return addNumbers<arrow::Int32Array>(array, column, plain);
    case arrow::Type::INT64:
        return addNumbers<arrow::Int64Array>(array, column, plain);
    case arrow::Type::UINT8:
        return addNumbers<arrow::UInt8Array>(array, column, plain);
    case arrow::Type::UINT16:
        return addNumbers<arrow::UInt16Array>(array, column, plain);
    case arrow::Type::UINT32:
        return addNumbers<arrow::UInt32Array>(array, column, plain);
    case arrow::Type::UINT64:
        return addNumbers<arrow::UInt64Array>(array, column, plain);
    case arrow::Type::FLOAT:
        return addNumbers<arrow::FloatArray>(array, column, plain);
    case arrow::Type::DOUBLE:
        return addNumbers<arrow::DoubleArray>(array, column, plain);
    case arrow::Type::NA:
        for (std::int64_t i = 0; i < array.length(); ++i)
            addValue(column, true, 0);
        return;
    default:
        return addTimes(array, column);
    }
}

/// The first row whose bytes are not UTF-8, counted from 1.
std::int64_t rowNotUtf8(const arrow::ChunkedArray& array)
{
    std::int64_t row = 0;
    for (const auto& chunk : array.chunks()) {
        const arrow::BinaryArray* bytes = nullptr;
        const arrow::DictionaryArray* coded = nullptr;
        if (chunk->type_id() == arrow::Type::DICTIONARY) {
            coded = static_cast<const arrow::DictionaryArray*>(chunk.get());
            bytes = static_cast<const arrow::BinaryArray*>(coded->dictionary().get());
        } else {
            bytes = static_cast<const arrow::BinaryArray*>(chunk.get());
        }
        for (std::int64_t i = 0; i < chunk->length(); ++i, ++row)
            if (!chunk->IsNull(i) && !isUtf8(bytes->GetView(coded ? coded->GetValueIndex(i) : i)))
                return row + 1;
    }
    return 0;
}

bool isBinary(const arrow::DataType& type)
{
    if (type.id() == arrow::Type::DICTIONARY)
        return isBinary(*static_cast<const arrow::DictionaryType&>(type).value_type());
    return type.id() == arrow::Type::BINARY;
}

/// Beyond this, neighbouring integers are one double.
bool exceedsDouble(const Column& column)
{
    constexpr double kExact = 9'007'199'254'740'992.0;
    for (auto value : column.numbers)
        if (std::abs(value) >= kExact)
            return true;
    return false;
}

} // namespace

std::optional<ColumnType> columnTypeOf(const arrow::DataType& type)
{
    using arrow::Type;
    switch (type.id()) {
    case Type::BOOL:
        return ColumnType::Boolean;
    case Type::INT8:
    case Type::INT16:
    case Type::INT32:
    case Type::INT64:
    case Type::UINT8:
    case Type::UINT16:
    case Type::UINT32:
    case Type::UINT64:
        return ColumnType::Integer;
    case Type::FLOAT:
    case Type::DOUBLE:
    case Type::NA:
        return ColumnType::Number;
    case Type::STRING:
    case Type::LARGE_STRING:
        return ColumnType::Text;
    case Type::DATE32:
    case Type::DATE64:
    case Type::TIMESTAMP:
        return ColumnType::Time;
    case Type::DICTIONARY:
        return columnTypeOf(*static_cast<const arrow::DictionaryType&>(type).value_type()) == ColumnType::Text
                   ? std::optional(ColumnType::Text)
                   : std::nullopt;
    default:
        return std::nullopt;
    }
}

Result<Column> columnFrom(const arrow::ChunkedArray& array, std::string name)
{
    auto type = columnTypeOf(*array.type());
    if (!type && isBinary(*array.type())) {
        auto row = rowNotUtf8(array);
        return fail(ErrorCode::Corrupt,
                    "The column '" + name + "' is not UTF-8" +
                        (row > 0 ? " in row " + std::to_string(row) : std::string()),
                    "Convert the file: iconv -f latin1 -t utf-8 FILE > NEW");
    }
    if (!type)
        return fail(ErrorCode::Unsupported,
                    "The column '" + name + "' holds " + array.type()->ToString() + ", not plain values",
                    "Leave it out, or write it as numbers or texts");
    Column column;
    column.name = std::move(name);
    column.type = *type;
    auto rows = static_cast<std::size_t>(array.length());
    if (*type != ColumnType::Text) {
        column.numbers.reserve(rows);
        for (const auto& chunk : array.chunks())
            addChunk(*chunk, column);
        if (*type == ColumnType::Integer && exceedsDouble(column))
            return fail(ErrorCode::Unsupported,
                        "The column '" + column.name + "' holds integers beyond 2^53, which would be rounded",
                        "Read it as text: --type " + column.name + "=text");
        return column;
    }
    column.codes.reserve(rows);
    TextColumn texts(column);
    for (const auto& chunk : array.chunks()) {
        if (chunk->type_id() == arrow::Type::DICTIONARY)
            addDictionary(static_cast<const arrow::DictionaryArray&>(*chunk), texts);
        else if (chunk->type_id() == arrow::Type::LARGE_STRING)
            addTexts<arrow::LargeStringArray>(*chunk, texts);
        else
            addTexts<arrow::StringArray>(*chunk, texts);
    }
    return column;
}

} // namespace sextant
