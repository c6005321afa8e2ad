#include "ui/shell/start_page.h"

#include "ui/shell/top_bar.h"
#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/line.h"
#include "ui/widgets/number_painter.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kColumn = 640;
constexpr int kLargeRow = 64;
constexpr int kSmallRow = 48;
constexpr std::size_t kMostRecent = 4, kMostFound = 4;

/// A push button that names its keys.
class KeyButton final : public QPushButton
{
public:
    KeyButton(const QString& text, const QStringList& keys, QWidget* parent)
        : QPushButton(text, parent), m_keys(keys)
    {
        setControlRole(this, ControlRole::Primary);
    }

    QSize sizeHint() const override
    {
        return QPushButton::sizeHint() +
               QSize(keyCapsWidth(Theme::of(this), {m_keys.join(QLatin1Char(' '))}) + 8, 0);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        parts::pushButton(theme, option, &painter, this);
        const QColor color = theme.color("text.onAccent");
        painter.setFont(theme.font(Theme::Text::BodyStrong));
        painter.setPen(color);
        painter.drawText(rect().adjusted(11, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        const QString keys = m_keys.join(QLatin1Char(' '));
        painter.setFont(theme.font(Theme::Text::CaptionStrong));
        const int width = painter.fontMetrics().horizontalAdvance(keys) + 10;
        const QRect cap(this->width() - width - 8, (height() - 18) / 2, width, 18);
        QColor border = color;
        border.setAlphaF(0.6F);
        parts::box(&painter, cap, 4, {}, border);
        painter.drawText(cap, Qt::AlignCenter, keys);
    }

private:
    QStringList m_keys;
};

} // namespace

/// One way to a store: icon, name, what it is, a button. Closed by a hairline.
class StartPage::Row final : public QWidget
{
public:
    Row(const QString& icon, const QString& title, const QString& detail, QPushButton* button, bool large)
        : m_icon(icon), m_title(title), m_detail(detail), m_large(large)
    {
        setFixedHeight(large ? kLargeRow : kSmallRow);
        setAccessibleName(title + QStringLiteral(", ") + detail);
        setToolTip(large ? QString() : detail.toHtmlEscaped());
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(16, 0, 16, 1);
        layout->addStretch(1);
        layout->addWidget(button);
        m_button = button;
        if (!large)
            setSmall(button);
        button->setAccessibleName(QString(button->text()).remove(QStringLiteral("…")) + QLatin1Char(' ') +
                                  title);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color("border.hairline"));
        const int size = m_large ? theme.length("icon.rail") : theme.length("icon.default");
        theme.drawIcon(&painter, QRect(16, 0, size, height()), m_icon, size, theme.color("text.muted"));
        const int right = m_button->x() - 12;
        painter.setFont(theme.font(Theme::Text::BodyStrong));
        painter.setPen(theme.color("text"));
        if (m_large) {
            painter.drawText(QRect(48, 14, right - 48, 18), Qt::AlignVCenter | Qt::AlignLeft, m_title);
            painter.setFont(theme.font(Theme::Text::Body));
            painter.setPen(theme.color("text.muted"));
            painter.drawText(QRect(48, 32, right - 48, 18), Qt::AlignVCenter | Qt::AlignLeft,
                             painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, right - 48));
            return;
        }
        const QString title = painter.fontMetrics().elidedText(m_title, Qt::ElideMiddle, (right - 44) / 2);
        painter.drawText(QRect(44, 0, right - 44, height()), Qt::AlignVCenter | Qt::AlignLeft, title);
        const int x = 44 + painter.fontMetrics().horizontalAdvance(title) + 6;
        painter.setFont(theme.font(Theme::Text::Body));
        painter.setPen(theme.color("text.muted"));
        painter.drawText(QRect(x, 0, right - x, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, right - x));
    }

private:
    QString m_icon, m_title, m_detail;
    bool m_large;
    QPushButton* m_button;
};

/// Keys to begin with and what the program does not do.
class StartPage::Foot final : public QWidget
{
public:
    explicit Foot(QWidget* parent) : QWidget(parent)
    {
        setFixedHeight(24);
        setAccessibleName(tr("Ctrl+K every action, F1 keys. No account, no telemetry, no network"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        painter.setFont(theme.font(Theme::Text::Small));
        const QFontMetrics metrics = painter.fontMetrics();
        struct Part
        {
            QStringList keys;
            QString text;
        };
        const Part pieces[] = {{{QStringLiteral("Ctrl K")}, tr("every action")},
                               {{QStringLiteral("F1")}, tr("keyboard map")},
                               {{}, tr("No account, no telemetry, no network")}};
        int width = -18;
        for (const Part& part : pieces)
            width += keyCapsWidth(theme, part.keys) + 6 + metrics.horizontalAdvance(part.text) + 18;
        int x = (this->width() - width) / 2;
        for (const Part& part : pieces) {
            x += paintKeyCaps(theme, &painter, QRect(x, 0, 200, height()), part.keys) + 6;
            painter.setPen(theme.color("text.muted"));
            painter.drawText(QRect(x, 0, this->width(), height()), Qt::AlignVCenter, part.text);
            x += metrics.horizontalAdvance(part.text) + 18;
        }
    }
};

StartPage::StartPage(const QString& demo, QWidget* parent)
    : QWidget(parent), m_recent(new QWidget(this)), m_found(new QWidget(this))
{
    setAccessibleName(tr("Open a store"));
    auto* column = new QWidget;
    column->setFixedWidth(kColumn);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);

    auto* heading =
        new TextLabel(tr("Open an MLflow store to see its runs"), Theme::Text::Heading, "text", column);
    auto* sentence =
        new TextLabel(tr("Drop a file or folder anywhere in this window. Nothing in it is changed."),
                      Theme::Text::Body, "text.muted", column);
    heading->setAlignment(Qt::AlignCenter);
    sentence->setAlignment(Qt::AlignCenter);
    rows->addWidget(new IconView(QStringLiteral("sextant-mark"), 32, "accent.text", column), 0,
                    Qt::AlignHCenter);
    rows->addSpacing(14);
    rows->addWidget(heading);
    rows->addSpacing(6);
    rows->addWidget(sentence);
    rows->addSpacing(28);
    rows->addWidget(new Line(Qt::Horizontal, column));

    auto* open = new KeyButton(tr("Open…"), {tr("Ctrl"), QStringLiteral("O")}, column);
    connect(open, &QPushButton::clicked, this, &StartPage::openWanted);
    rows->addWidget(new Row(QStringLiteral("folder-open"), tr("File or folder"),
                            tr("mlflow.db, another SQLite file, or an mlruns folder"), open, true));
    if (!demo.isEmpty()) {
        auto* tryOut = new QPushButton(tr("Open demo"), column);
        connect(tryOut, &QPushButton::clicked, this, [this, demo] { emit storePicked(demo); });
        rows->addWidget(
            new Row(QStringLiteral("flask-conical"), tr("Demo store"),
                    tr("Real training runs, curves, files and registered models to try everything with"),
                    tryOut, true));
    }
    rows->addWidget(m_found);
    rows->addWidget(m_recent);
    for (QWidget* section : {m_found, m_recent}) {
        auto* layout = new QVBoxLayout(section);
        layout->setContentsMargins(0, 24, 0, 0);
        layout->setSpacing(0);
        section->hide();
    }

    auto* area = new QScrollArea(this);
    auto* inside = new QWidget;
    auto* center = new QHBoxLayout(inside);
    center->setContentsMargins(0, 82, 0, 24);
    center->addStretch(1);
    center->addWidget(column, 0, Qt::AlignTop);
    center->addStretch(1);
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 24);
    layout->addWidget(area, 1);
    layout->addWidget(new Foot(this));
}

void StartPage::fill(QWidget* section, const QString& title, const QList<Row*>& rows)
{
    QLayoutItem* item = nullptr;
    while ((item = section->layout()->takeAt(0))) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    auto* label = new TextLabel(title, Theme::Text::SmallStrong, "text.muted", section);
    label->setFixedHeight(26);
    label->setContentsMargins(16, 0, 0, 0);
    section->layout()->addWidget(label);
    section->layout()->addWidget(new Line(Qt::Horizontal, section));
    for (Row* row : rows)
        section->layout()->addWidget(row);
    section->setVisible(!rows.isEmpty());
}

void StartPage::setRecent(const std::vector<RecentStore>& stores)
{
    QList<Row*> rows;
    for (std::size_t i = 0; i < std::min(stores.size(), kMostRecent); ++i) {
        auto* button = new QPushButton(tr("Open"));
        connect(button, &QPushButton::clicked, this,
                [this, path = stores[i].path] { emit storePicked(path); });
        const QFileInfo info(stores[i].path);
        rows << new Row(info.isDir() ? QStringLiteral("folder") : QStringLiteral("database"), stores[i].name,
                        shortPath(info.absolutePath()), button, false);
    }
    fill(m_recent, tr("Recent"), rows);
}

void StartPage::setFound(const std::vector<FoundStore>& stores)
{
    QList<Row*> rows;
    const QDateTime now = QDateTime::currentDateTime();
    for (std::size_t i = 0; i < std::min(stores.size(), kMostFound); ++i) {
        const FoundStore& store = stores[i];
        auto* button = new QPushButton(tr("Open"));
        connect(button, &QPushButton::clicked, this, [this, path = store.path] { emit storePicked(path); });
        QString runs;
        if (store.runs)
            runs = (*store.runs == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(*store.runs))) +
                   QStringLiteral(", ");
        const QString folder = fontMetrics().elidedText(shortPath(store.folder), Qt::ElideMiddle, 190);
        rows << new Row(store.isFolder ? QStringLiteral("folder") : QStringLiteral("database"), store.name,
                        tr("%1, %2changed %3").arg(folder, runs, timeAgo(store.changed, now)), button, false);
    }
    fill(m_found, tr("Found in this folder"), rows);
}

void StartPage::setDropping(bool dropping)
{
    m_dropping = dropping;
    update();
}

void StartPage::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(12.5, 12.5, -12.5, -12.5);
    if (m_dropping)
        painter.setBrush(theme.color("accent.subtle"));
    QPen pen(theme.color(m_dropping ? "accent" : "border.control"), m_dropping ? 2 : 1, Qt::CustomDashLine);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.drawRoundedRect(frame, theme.number("radius.card"), theme.number("radius.card"));
}

} // namespace sextant
