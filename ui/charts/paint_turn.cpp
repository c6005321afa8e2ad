#include "ui/charts/paint_turn.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>

namespace sextant {
namespace {

/// A third of what is noticed: the window has more to do in a turn than charts.
constexpr int kTurnMs = 12;

} // namespace

PaintTurn::PaintTurn(int milliseconds, QObject* parent)
    : QObject(parent), m_budget(qint64{milliseconds} * 1'000'000)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &PaintTurn::endTurn);
}

PaintTurn& PaintTurn::ofApplication()
{
    static QPointer<PaintTurn> turn;
    if (!turn)
        turn = new PaintTurn(kTurnMs, QCoreApplication::instance());
    return *turn;
}

void PaintTurn::ask(Member& member)
{
    if (std::find(m_waiting.begin(), m_waiting.end(), &member) != m_waiting.end())
        return;
    if (!m_waiting.empty() || (m_used > 0 && m_used >= m_budget) || !give(member))
        m_waiting.push_back(&member);
    if (!m_timer.isActive())
        m_timer.start();
}

void PaintTurn::leave(Member& member)
{
    std::erase(m_waiting, &member);
}

bool PaintTurn::give(Member& member)
{
    QElapsedTimer clock;
    clock.start();
    QDeadlineTimer deadline;
    deadline.setPreciseRemainingTime(0, std::max<qint64>(m_budget - m_used, 0));
    const bool whole = member.drawUntil(deadline);
    m_used += std::max<qint64>(clock.nsecsElapsed(), 1);
    return whole;
}

/// What asked while others were painted has its turn now; then a new one begins.
void PaintTurn::endTurn()
{
    while (!m_waiting.empty() && (m_used == 0 || m_used < m_budget)) {
        Member* first = m_waiting.front();
        m_waiting.pop_front(); // it may leave while it draws
        if (!give(*first)) {
            m_waiting.push_front(first);
            break;
        }
    }
    m_used = 0;
    if (!m_waiting.empty())
        m_timer.start();
}

} // namespace sextant
