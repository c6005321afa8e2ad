#include "ui/audit/audit_keys.h"

#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr int kWidth = 640;
constexpr int kMostRows = 12;

QString validity(const ledger::TrustedKey& key, const std::string& origin, bool added)
{
    auto at = [&](const ledger::IndexByLog& indexes) -> std::optional<std::uint64_t> {
        for (const auto& log : {origin, std::string()})
            if (auto found = indexes.find(log); found != indexes.end())
                return found->second;
        return {};
    };
    QStringList parts;
    if (auto from = at(key.from))
        parts << AuditKeys::tr("from entry %1").arg(*from);
    if (auto until = at(key.until))
        parts << AuditKeys::tr("ended at entry %1").arg(*until);
    if (added)
        parts << AuditKeys::tr("added by the log");
    return parts.isEmpty() ? AuditKeys::tr("always") : parts.join(QStringLiteral(", "));
}

} // namespace

void AuditKeysModel::setAudit(const AuditPtr& audit)
{
    beginResetModel();
    m_rows.clear();
    if (audit) {
        const auto& state = audit->verification.state;
        const auto& origin = state ? state->origin() : std::string();
        for (const auto& key : (state ? state->keys() : audit->keys).keys()) {
            QStringList roles;
            for (const auto& role : key.roles)
                roles << QString::fromStdString(role);
            m_rows.push_back(
                {{oneName(key.key.name(), 60), roles.join(QStringLiteral(", ")), oneName(key.person, 60),
                  oneName(key.key.id(), 60), validity(key, origin, !audit->keys.find(key.key.id()))}});
        }
    }
    endResetModel();
}

int AuditKeysModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int AuditKeysModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant AuditKeysModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto& text = m_rows[std::size_t(index.row())].cells[index.column()];
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    if (role == Qt::FontRole && index.column() == Id)
        return Theme::current().font(Theme::Text::Mono);
    return {};
}

QVariant AuditKeysModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const QString names[Columns] = {tr("Key"), tr("Roles"), tr("Person"), tr("Id"), tr("Valid")};
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section < Columns)
        return names[section];
    return {};
}

AuditKeys::AuditKeys(const AuditPtr& audit, QWidget* parent) : Popup(tr("Trusted keys"), parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &Popup::closed, this, &QObject::deleteLater);
    m_model.setAudit(audit);
    const auto& theme = Theme::of(this);
    auto padding = theme.length("space.3");
    body()->setContentsMargins(body()->contentsMargins() + QMargins(padding, padding, padding, padding));
    body()->setSpacing(theme.length("space.2"));
    auto file = audit ? QString::fromStdString(audit->keysFile) : QString();
    auto* title = new TextLabel(file.isEmpty() ? tr("No list of trusted keys yet") : tr("Trusted keys"),
                                Theme::Text::BodyStrong);
    body()->addWidget(title);
    auto* path = new ElidedLabel(Theme::Text::Small, "text.muted", Qt::ElideMiddle);
    path->setText(file.isEmpty() ? tr("`sextant keys trust` begins one; or choose a file that you were given")
                                 : file);
    path->setFixedWidth(kWidth);
    body()->addWidget(path);
    auto* table = new QTreeView;
    table->setModel(&m_model);
    table->setAccessibleName(tr("Trusted keys"));
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setFrameShape(QFrame::NoFrame);
    auto row = theme.length("row.table");
    table->setFixedSize(kWidth, row * (std::min(m_model.rowCount(), kMostRows) + 1) + 4);
    const int widths[] = {120, 130, 110, 140};
    for (int column = 0; column < 4; ++column)
        table->header()->resizeSection(column, widths[column]);
    table->setVisible(m_model.rowCount() > 0);
    body()->addWidget(table);
    auto* buttons = new QHBoxLayout;
    auto* own = new QPushButton(tr("Use my own list"));
    auto* choose = new QPushButton(tr("Choose file…"));
    buttons->addStretch(1);
    buttons->addWidget(own);
    buttons->addWidget(choose);
    body()->addLayout(buttons);
    connect(own, &QPushButton::clicked, this, [this] {
        hide();
        emit ownWanted();
    });
    connect(choose, &QPushButton::clicked, this, [this] {
        hide();
        emit fileWanted();
    });
}

} // namespace sextant
