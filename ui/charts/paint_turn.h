// PaintTurn: shares out the time that drawing may take in one turn of the event loop, so that many charts
// that change at once do not hold up the window together. The first to ask draws at once, the others one
// after the other. GUI thread only.
#pragma once

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <deque>

namespace sextant {

class PaintTurn final : public QObject
{
    Q_OBJECT
public:
    /// What draws bit by bit.
    class Member
    {
    public:
        virtual ~Member() = default;
        /// At least one bit. True when there is nothing left to draw.
        virtual bool drawUntil(QDeadlineTimer deadline) = 0;
    };

    explicit PaintTurn(int milliseconds, QObject* parent = nullptr);
    /// The one of all charts.
    static PaintTurn& ofApplication();

    /// Draws what this turn has time for, unless others wait; the rest comes in later turns. One that waits
    /// keeps its place.
    void ask(Member& member);
    /// No longer draws; a must before a member goes.
    void leave(Member& member);

    std::size_t waiting() const { return m_waiting.size(); }

private:
    bool give(Member& member);
    void endTurn();

    std::deque<Member*> m_waiting;
    qint64 m_budget, m_used = 0; // nanoseconds
    QTimer m_timer;
};

} // namespace sextant
