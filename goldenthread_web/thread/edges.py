"""What hangs on what? Each edge of the thread, from what is nearer to Cabinet to what is nearer a child."""

from goldenthread_web.thread import edges_of_improvement, edges_of_meetings, edges_of_practice
from goldenthread_web.thread.edge import Edge

EDGES: tuple[Edge, ...] = (
    *edges_of_improvement.EDGES,
    *edges_of_practice.EDGES,
    *edges_of_meetings.EDGES,
)
