// Delaunay triangles of points in the plane: what a contour interpolates over. Pure; any thread.
#pragma once

#include <array>
#include <vector>

namespace sextant {

struct PlanePoint
{
    double x = 0, y = 0;
};

/// Triangles as indices of the points, covering their convex hull; none when all lie on one line. The points
/// must be finite and distinct. About n^1.5.
std::vector<std::array<int, 3>> delaunayTriangles(const std::vector<PlanePoint>& points);

} // namespace sextant
