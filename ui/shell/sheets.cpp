#include "ui/shell/sheets.h"

#include "ui/shell/action_registry.h"
#include "ui/shell/fuzzy.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/search_field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr int kRow = 26;
constexpr int kHeading = 34;
constexpr int kSide = 20;

/// Title at the left, a close button at the right.
QHBoxLayout* sheetHead(Overlay* sheet, QWidget* title)
{
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kSide, 14, 14, 8);
    head->addWidget(title, 1);
    auto* close = new IconButton(QStringLiteral("x"), Overlay::tr("Close"), sheet);
    QObject::connect(close, &QAbstractButton::clicked, sheet, &Overlay::close);
    head->addWidget(close);
    return head;
}

} // namespace

/// The keys in two columns, painted; the accessible description reads them all.
class KeySheet::List final : public QWidget
{
public:
    List(ActionRegistry& actions, QWidget* parent) : QWidget(parent), m_actions(actions) { setFilter({}); }

    void setFilter(const QString& filter)
    {
        m_groups.clear();
        QStringList spoken;
        for (QAction* action : m_actions.all()) {
            const ActionSpec& spec = m_actions.spec(action);
            if (spec.keys.isEmpty() || !fuzzyMatch(filter, spec.text + QLatin1Char(' ') + spec.context))
                continue;
            const QString name = spec.context.isEmpty() ? tr("Everywhere") : spec.context;
            auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                      [&](const Group& g) { return g.name == name; });
            if (group == m_groups.end())
                group = m_groups.insert(m_groups.end(), Group{name, {}});
            QList<QStringList> keys;
            for (const QKeySequence& sequence : spec.keys.mid(0, 2)) {
                QStringList names = keyNames(sequence);
                names.replaceInStrings(QStringLiteral("Return"),
                                       QStringLiteral("Enter")); // one key to people
                if (!keys.contains(names))
                    keys << names;
            }
            group->lines.push_back({spec.text, keys});
            spoken << spec.text + QStringLiteral(": ") + keys.value(0).join(QLatin1Char('+'));
        }
        setAccessibleName(tr("Keys"));
        setAccessibleDescription(spoken.join(QStringLiteral("; ")));
        arrange();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        for (const Place& place : m_places) {
            const QRect rect = place.rect;
            if (place.line < 0) {
                painter.setFont(theme.font(Theme::Text::SmallStrong));
                painter.setPen(theme.color("text.muted"));
                painter.drawText(rect.adjusted(0, 8, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                                 m_groups[place.group].name);
                continue;
            }
            const Line& line = m_groups[place.group].lines[std::size_t(place.line)];
            int right = rect.right() + 1;
            for (auto keys = line.keys.rbegin(); keys != line.keys.rend(); ++keys) {
                const int width = keyCapsWidth(theme, *keys);
                paintKeyCaps(theme, &painter, QRect(right - width, rect.y(), width, rect.height()), *keys);
                right -= width + 14;
            }
            painter.setFont(theme.font(Theme::Text::Body));
            painter.setPen(theme.color("text"));
            painter.drawText(QRect(rect.x(), rect.y(), right - rect.x(), rect.height()),
                             Qt::AlignVCenter | Qt::AlignLeft,
                             painter.fontMetrics().elidedText(line.text, Qt::ElideRight, right - rect.x()));
        }
        if (m_places.empty()) {
            painter.setPen(theme.color("text.muted"));
            painter.drawText(rect(), Qt::AlignHCenter | Qt::AlignTop, tr("Nothing matches"));
        }
    }
    void resizeEvent(QResizeEvent*) override { arrange(); }

private:
    struct Line
    {
        QString text;
        QList<QStringList> keys;
    };
    struct Group
    {
        QString name;
        std::vector<Line> lines;
    };
    struct Place
    {
        QRect rect;
        std::size_t group = 0;
        int line = -1; // -1: the heading
    };

    /// Groups go whole into the shorter of two columns.
    void arrange()
    {
        m_places.clear();
        const int width = (this->width() - 3 * kSide) / 2;
        int heights[2] = {0, 0};
        for (std::size_t group = 0; group < m_groups.size(); ++group) {
            const int column = heights[1] < heights[0] ? 1 : 0;
            const int x = kSide + column * (width + kSide);
            m_places.push_back({QRect(x, heights[column], width, kHeading), group, -1});
            heights[column] += kHeading;
            for (int line = 0; line < int(m_groups[group].lines.size()); ++line) {
                m_places.push_back({QRect(x, heights[column], width, kRow), group, line});
                heights[column] += kRow;
            }
            heights[column] += 6;
        }
        setMinimumHeight(std::max({heights[0], heights[1], 60}) + 12);
        update();
    }

    ActionRegistry& m_actions;
    std::vector<Group> m_groups;
    std::vector<Place> m_places;
};

KeySheet::KeySheet(QWidget* window, ActionRegistry& actions)
    : Overlay(window, tr("Keys"), QSize(820, 600)), m_search(new SearchField(tr("Find key or action"), this)),
      m_list(new List(actions, this))
{
    m_search->setFixedWidth(240);
    auto* head = sheetHead(this, new TextLabel(tr("Keys"), Theme::Text::Title, "text", this));
    head->insertWidget(1, m_search);
    body()->addLayout(head);
    auto* area = new QScrollArea(this);
    area->setWidget(m_list);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    m_list->setAutoFillBackground(false);
    body()->addWidget(area, 1);
    connect(m_search, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_list->setFilter(text); });
}

void KeySheet::openSheet()
{
    m_search->clear();
    m_list->setFilter({});
    open();
}

void KeySheet::showEvent(QShowEvent* event)
{
    Overlay::showEvent(event);
    m_search->setFocus(Qt::OtherFocusReason);
}

namespace {

/// Two lines: what happened, and where in monospace.
class WarningDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {100, Theme::current().length("row.twoLine")};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of(option.widget);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.color("selection.bg"));
        const QRect rect = option.rect.adjusted(kSide, 4, -kSide, -4);
        const int half = rect.height() / 2;
        painter->setFont(theme.font(Theme::Text::Body));
        painter->setPen(theme.color("text"));
        painter->drawText(
            QRect(rect.x(), rect.y(), rect.width(), half), Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
        painter->setFont(theme.font(Theme::Text::Mono));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(QRect(rect.x(), rect.y() + half, rect.width(), half),
                          Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data(Qt::UserRole).toString(),
                                                            Qt::ElideMiddle, rect.width()));
        painter->fillRect(QRect(option.rect.x() + kSide, option.rect.bottom(), rect.width(), 1),
                          theme.color("border.hairline"));
    }
};

} // namespace

WarningSheet::WarningSheet(QWidget* window)
    : Overlay(window, tr("What could not be read"), QSize(720, 480)),
      m_title(new TextLabel({}, Theme::Text::Title, "text", this)), m_list(new QListView(this)),
      m_model(new QStandardItemModel(this))
{
    body()->addLayout(sheetHead(this, m_title));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new WarningDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("What could not be read"));
    m_list->viewport()->setAutoFillBackground(false);
    body()->addWidget(m_list, 1);
    auto* copy = new QPushButton(tr("Copy all"), this);
    connect(copy, &QPushButton::clicked, this, [this] {
        QString all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all += m_model->item(row)->data(Qt::UserRole).toString() + QLatin1Char('\t') +
                   m_model->item(row)->text() + QLatin1Char('\n');
        QGuiApplication::clipboard()->setText(all);
    });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(kSide, 10, kSide, 14);
    foot->addStretch(1);
    foot->addWidget(copy);
    body()->addLayout(foot);
}

void WarningSheet::openSheet(const std::vector<StoreWarning>& warnings)
{
    constexpr std::size_t kMost = 5000;
    m_title->setText(tr("%1 skipped: everything else was read").arg(formatCount(warnings.size())));
    m_model->clear();
    for (std::size_t i = 0; i < std::min(warnings.size(), kMost); ++i) {
        auto* item = new QStandardItem(QString::fromStdString(warnings[i].what));
        item->setData(QString::fromStdString(warnings[i].where), Qt::UserRole);
        item->setToolTip(QString::fromStdString(warnings[i].where).toHtmlEscaped());
        item->setEditable(false);
        m_model->appendRow(item);
    }
    open();
}

AboutSheet::AboutSheet(QWidget* window) : Overlay(window, tr("About Sextant"), QSize(520, 330))
{
    body()->addLayout(sheetHead(this, new TextLabel(tr("Sextant %1").arg(QStringLiteral(SEXTANT_VERSION)),
                                                    Theme::Text::Title, "text", this)));
    const QString paragraphs[] = {
        tr("The native desktop for machine-learning experiments. Opens MLflow stores without a server and "
           "without changing a byte."),
        tr("Free software under the GNU General Public License, version 3 or later, without any warranty."),
        tr("Built with Qt %1, SQLite, nlohmann/json, yaml-cpp, RE2, utf8proc, xxHash, OpenSSL and "
           "tl::expected.")
            .arg(QLatin1String(qVersion())),
        tr("Icons: Lucide, ISC and MIT licences. Fonts of drawings: Inter and JetBrains Mono, SIL Open Font "
           "License."),
        tr("No account, no telemetry, no network."),
    };
    auto* texts = new QVBoxLayout;
    texts->setContentsMargins(kSide, 4, kSide, kSide);
    texts->setSpacing(10);
    for (const QString& paragraph : paragraphs) {
        auto* label = new TextLabel(paragraph, Theme::Text::Body, "text.muted", this);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        texts->addWidget(label);
    }
    texts->addStretch(1);
    body()->addLayout(texts);
}

} // namespace sextant
