#include "ui/charts/view_window.h"

namespace sextant {

bool ZoomHistory::show(const ViewWindow& window, int gesture)
{
    if (window == m_current)
        return false;
    if (gesture == 0 || gesture != m_gesture)
        m_before.push_back(m_current);
    if (m_before.size() > kMostSteps)
        m_before.erase(m_before.begin());
    m_gesture = gesture;
    m_current = window;
    return true;
}

bool ZoomHistory::goBack()
{
    if (m_before.empty())
        return false;
    m_current = m_before.back();
    m_before.pop_back();
    m_gesture = 0;
    return true;
}

void ZoomHistory::clear()
{
    *this = {};
}

} // namespace sextant
