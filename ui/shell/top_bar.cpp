#include "ui/shell/top_bar.h"

#include "ui/shell/action_registry.h"
#include "ui/theme/style_parts.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/key_cap.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyleOption>

namespace sextant {

namespace {

bool hovered(const QWidget* widget)
{
    QStyleOption option;
    option.initFrom(widget);
    return option.state.testFlag(QStyle::State_MouseOver);
}

void paintFocus(const Theme& theme, QPainter* painter, const QWidget* widget)
{
    QStyleOption option;
    option.initFrom(widget);
    if (parts::keyboardFocus(option))
        parts::box(painter, widget->rect(), theme.number("radius.control"), {}, theme.color("focus.ring"),
                   theme.number("border.focus"));
}

class Mark final : public QWidget
{
public:
    explicit Mark(QWidget* parent) : QWidget(parent) { setFixedWidth(Theme::of(this).length("bar.rail")); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        theme.drawIcon(&painter, rect(), QStringLiteral("sextant-mark"), 20, theme.color("accent.text"));
    }
};

} // namespace

QString shortPath(const QString& path)
{
    const QString home = QDir::homePath();
    return path == home || path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size())
                                                                    : path;
}

/// Icon, name and folder of the store in view; opens the list of stores.
class TopBar::StoreButton final : public QAbstractButton
{
public:
    explicit StoreButton(QWidget* parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        setMinimumWidth(80);
    }

    void show(const QString& icon, const QString& name, const QString& folder)
    {
        m_icon = icon;
        m_name = name;
        m_folder = folder;
        setAccessibleName(icon.isEmpty() ? name : tr("Store %1, %2").arg(name, folder));
        setToolTip(ActionRegistry::tip(tr("Switch or open store"), {}, folder));
        updateGeometry();
        QWidget::update();
    }

    QSize sizeHint() const override
    {
        const Theme& theme = Theme::of(this);
        int width = 10 +
                    QFontMetrics(theme.font(m_icon.isEmpty() ? Theme::Text::Body : Theme::Text::BodyStrong))
                        .horizontalAdvance(m_name) +
                    30;
        if (!m_icon.isEmpty())
            width += 36 + QFontMetrics(theme.font(Theme::Text::Body)).horizontalAdvance(m_folder);
        return {std::min(width, 460), theme.length("control.default")};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        if (isDown() || hovered(this))
            parts::box(&painter, rect(), theme.number("radius.control"),
                       theme.color(isDown() ? "bg.4" : "bg.3"), {});
        int x = 10;
        const bool open = !m_icon.isEmpty();
        if (open) {
            theme.drawIcon(&painter, QRect(x, 0, 16, height()), m_icon, 16, theme.color("text"));
            x += 24;
        }
        const int right = width() - 28;
        const auto text = [&](Theme::Text kind, const char* color, const QString& what,
                              Qt::TextElideMode mode) {
            painter.setFont(theme.font(kind));
            painter.setPen(theme.color(color));
            const QString cut = painter.fontMetrics().elidedText(what, mode, right - x);
            painter.drawText(QRect(x, 0, right - x + 4, height()), Qt::AlignVCenter | Qt::AlignLeft, cut);
            x += painter.fontMetrics().horizontalAdvance(cut) + 8;
        };
        text(open ? Theme::Text::BodyStrong : Theme::Text::Body, open ? "text" : "text.muted", m_name,
             Qt::ElideMiddle);
        if (open && right - x > 30)
            text(Theme::Text::Body, "text.muted", m_folder, Qt::ElideMiddle);
        theme.drawIcon(&painter, QRect(std::min(x, right), 0, 16, height()),
                       QStringLiteral("chevrons-up-down"), 14, theme.color("text.muted"));
        paintFocus(theme, &painter, this);
    }

private:
    QString m_icon, m_name, m_folder;
};

/// Says whether this store can be written to, and opens the way to change that.
class TopBar::LockButton final : public QAbstractButton
{
public:
    explicit LockButton(QWidget* parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    void show(bool unlocked)
    {
        m_badge = unlocked
                      ? Badge{QStringLiteral("lock-open"), tr("Writing unlocked"), "warning.fg", "warning.bg"}
                      : Badge::neutral(QStringLiteral("lock"), tr("Read only"));
        setAccessibleName(m_badge.text);
        setToolTip(ActionRegistry::tip(m_badge.text, {},
                                       unlocked
                                           ? tr("Names, tags and notes of runs can be changed in this store.")
                                           : tr("Nothing is written to this store until you unlock it.")));
        updateGeometry();
        QWidget::update();
    }

    QSize sizeHint() const override { return {badgeWidth(Theme::of(this), m_badge), 24}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        Badge badge = m_badge;
        if (hovered(this) && qstrcmp(badge.background, "bg.3") == 0)
            badge.background = "bg.4";
        paintBadge(theme, &painter, rect(), badge);
        paintFocus(theme, &painter, this);
    }

private:
    Badge m_badge;
};

/// Looks like a field, opens the palette.
class TopBar::SearchButton final : public QAbstractButton
{
public:
    SearchButton(const QStringList& keys, QWidget* parent) : QAbstractButton(parent), m_keys(keys)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setText(tr("Go to run, column or action"));
        setAccessibleName(text());
        setMinimumWidth(160);
        setMaximumWidth(300);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setCursor(Qt::IBeamCursor);
    }

    QSize sizeHint() const override { return {300, Theme::of(this).length("control.default")}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        parts::box(&painter, rect(), theme.number("radius.control"), theme.color("bg.1"),
                   theme.color(hovered(this) ? "border.strong" : "border.control"));
        theme.drawIcon(&painter, QRect(8, 0, 16, height()), QStringLiteral("search"), 14,
                       theme.color("text.muted"));
        const int caps = keyCapsWidth(theme, m_keys);
        painter.setPen(theme.color("text.muted"));
        painter.drawText(QRect(30, 0, width() - caps - 44, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - caps - 44));
        paintKeyCaps(theme, &painter, QRect(width() - caps - 6, 0, caps, height()), m_keys);
        paintFocus(theme, &painter, this);
    }

private:
    QStringList m_keys;
};

TopBar::TopBar(Session& session, ActionRegistry& actions, const QString& demo, QWidget* parent)
    : QWidget(parent), m_session(session), m_demo(demo), m_store(new StoreButton(this)),
      m_lock(new LockButton(this))
{
    const Theme& theme = Theme::of(this);
    setFixedHeight(theme.length("bar.top"));
    QAction* palette = actions.find(QStringLiteral("palette.open"));
    auto* search = new SearchButton({keyNames(palette->shortcut()).join(QLatin1Char(' '))}, this);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 1);
    layout->setSpacing(8);
    layout->addWidget(new Mark(this));
    layout->addSpacing(-6);
    layout->addWidget(m_store);
    layout->addWidget(m_lock);
    layout->addStretch(1);
    layout->addWidget(search, 4);
    layout->addStretch(1);
    for (const char* id : {"edit.undo", "edit.redo", "store.refresh", "view.inspector"})
        layout->addWidget(new IconButton(actions.find(QLatin1String(id)), this));

    connect(search, &QAbstractButton::clicked, palette, &QAction::trigger);
    connect(m_store, &QAbstractButton::clicked, this, [this] { emit storeMenuWanted(m_store); });
    connect(m_lock, &QAbstractButton::clicked, this, [this] { emit unlockWanted(m_lock); });
    connect(&session, &Session::stateChanged, this, &TopBar::update);
    connect(&session, &Session::unlockedChanged, this, &TopBar::update);
    update();
}

void TopBar::update()
{
    const bool open = m_session.state() == Session::State::Open;
    if (open) {
        const StoreInfo& info = m_session.info();
        const QFileInfo path(QString::fromStdString(info.path));
        if (!m_demo.isEmpty() && path.filePath() == m_demo)
            m_store->show(QStringLiteral("flask-conical"), tr("Demo store"),
                          QString::fromStdString(info.name));
        else
            m_store->show(info.kind == StoreKind::Files ? QStringLiteral("folder")
                                                        : QStringLiteral("database"),
                          QString::fromStdString(info.name), shortPath(path.absolutePath()));
        m_lock->show(m_session.unlocked());
    } else {
        m_store->show({}, m_session.state() == Session::State::Opening ? tr("Opening…") : tr("No store open"),
                      {});
    }
    m_lock->setVisible(open);
}

void TopBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color("border.hairline"));
}

QWidget* TopBar::lockAnchor() const
{
    return m_lock;
}

} // namespace sextant
