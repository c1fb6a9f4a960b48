package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The promises G1 to G5 in their plainest form: one list of what waits and one of what is open, searched from end to end
 * at every question. It knows nothing of lanes, marks, claims or queues.
 */
final class ReferenceModel {
    private final Node root;
    private final Map<Node, Node> tabs = new HashMap<>();
    final List<Item> waiting = new ArrayList<>();
    final List<Item> open = new ArrayList<>();
    private final Set<Node> suspended = new HashSet<>();
    private final Set<Node> visible = new HashSet<>();
    /** For a group: up to which of its idle items it has to count them as others. */
    private final Map<Node, Integer> dueThrough = new HashMap<>();
    /** For each item that is ready: how many turns have started since, and the most ready groups seen meanwhile. */
    private final Map<Item, int[]> ages = new HashMap<>();

    /** How many urgent turns have started or gone on since a background turn was given precedence. */
    private int urgentStarts;

    private int starts;
    private final Map<Item, Integer> queuedAt = new HashMap<>();

    ReferenceModel(Node root) {
        this.root = root;
    }

    void addDoc(Node doc, Node tab) {
        tabs.put(doc, tab);
    }

    void queued(Item item) {
        waiting.add(item);
        queuedAt.put(item, starts);
        refreshReady();
    }

    void withdrawn(Item item) {
        waiting.remove(item);
        refreshReady();
    }

    void suspended(Node group, boolean now) {
        if (now) {
            suspended.add(group);
        } else {
            suspended.remove(group);
        }
        refreshReady();
    }

    void visible(Node tab, boolean now) {
        if (now) {
            visible.add(tab);
        } else {
            visible.remove(tab);
        }
    }

    /** The idle item has waited for as long as it may, and so has what stands before it. */
    void hurried(Item item) {
        Node group = item.groups.get(0);
        tabs.forEach((doc, tab) -> {
            if (doc == group || tab == group) {
                dueThrough.merge(doc, item.order, Math::max);
            }
        });
        dueThrough.merge(tabs.getOrDefault(group, group), item.order, Math::max);
        refreshReady();
    }

    private boolean isDue(Item item, Node group) {
        return item.order <= dueThrough.getOrDefault(group, -1);
    }

    private @Nullable Node tabOf(Node group) {
        return group == root ? null : tabs.getOrDefault(group, group);
    }

    boolean related(Node a, Node b) {
        return a == b || a == root || b == root || tabs.get(a) == b || tabs.get(b) == a;
    }

    boolean related(Item a, Item b) {
        return a.groups.stream().anyMatch(x -> b.groups.stream().anyMatch(y -> related(x, y)));
    }

    private boolean isSuspended(Item item) {
        return item.groups.stream().anyMatch(this::isSuspended);
    }

    boolean isSuspended(Node group) {
        return suspended.contains(group) || suspended.contains(tabs.getOrDefault(group, group));
    }

    boolean isVisible(Node tab) {
        return visible.contains(tab);
    }

    /** G1 and G2: why the item may not start now, or null. */
    @Nullable
    String obstacle(Item item) {
        for (Item other : open) {
            if (related(item, other)) {
                return "G1: " + other + " is open";
            }
        }
        return orderObstacle(item);
    }

    private @Nullable String orderObstacle(Item item) {
        if (isSuspended(item)) {
            return "its group is suspended";
        }
        for (Item other : waiting) {
            if (item.ordered() && other.ordered() && mayBeOrdered(other, item)) {
                return "G2: " + other + " was first";
            }
        }
        if (waiting.stream().anyMatch(o -> o.ordered() && isIdleBeside(item, o))) {
            return "its group has other work";
        }
        return null;
    }

    private boolean isIdleBeside(Item item, Item other) {
        return item.lane == Node.IDLE
                && other.lane != Node.IDLE
                && !isSuspended(other)
                && item.groups.stream().anyMatch(group -> other.affects(group) && !isDue(item, group));
    }

    private boolean mayBeOrdered(Item first, Item second) {
        return first.order < second.order && first.lane == second.lane && related(first, second) && !isSuspended(first);
    }

    /** What may start, and would also be in order if messages were ordered like tasks, as they may be. */
    List<Item> ready() {
        return waiting.stream()
                .filter(item -> obstacle(item) == null && waiting.stream().noneMatch(o -> mayWaitFor(item, o)))
                .collect(Collectors.toList());
    }

    /** A message takes its place in its lane when it is taken out of a slot, so at any time after it was sent. */
    private boolean mayWaitFor(Item item, Item other) {
        if (isIdleBeside(item, other) || (item.lane == Node.IDLE && !item.ordered() && other.lane != Node.IDLE)) {
            return true;
        }
        boolean ordered = item.ordered() && other.ordered();
        boolean sameLane = other.lane == item.lane && related(item, other);
        return item != other
                && !ordered
                && sameLane
                && (!item.ordered() || other.order < item.order || !other.ordered());
    }

    /**
     * G4: a visible TabGroup, the root group, a TabGroup whose queued work stands before a root item, and, from some
     * moment on that is not ours to say, one whose open turn a root item waits for.
     */
    boolean mayBeUrgent(Item item) {
        return item.groups.stream().anyMatch(this::mayBeUrgent);
    }

    private boolean mayBeUrgent(Node group) {
        Node tab = tabOf(group);
        return urgent(group)
                || standsBeforeRoot(tab, false)
                || (open.stream().anyMatch(o -> touches(o, tab))
                        && waiting.stream().anyMatch(o -> o.affects(root) && orderObstacle(o) == null));
    }

    /** The part of {@link #mayBeUrgent} that holds at once. */
    boolean urgent(Item item) {
        return item.groups.stream().allMatch(this::urgent);
    }

    private boolean urgent(Node group) {
        Node tab = tabOf(group);
        return tab == null || visible.contains(tab) || standsBeforeRoot(tab, true) || isLentUrgency(tab);
    }

    /** An item of several groups, waiting or open, makes all as urgent as the one that is visible. */
    private boolean isLentUrgency(Node tab) {
        return Stream.concat(waiting.stream(), open.stream())
                .filter(item -> item.groups.size() > 1 && touches(item, tab))
                .anyMatch(item -> item.groups.stream().anyMatch(group -> visible.contains(tabOf(group))));
    }

    private boolean touches(Item item, @Nullable Node tab) {
        return item.groups.stream().anyMatch(group -> tabOf(group) == tab);
    }

    /** @param onlyTasks false to count messages too, which may be ordered before a root item */
    private boolean standsBeforeRoot(@Nullable Node tab, boolean onlyTasks) {
        return waiting.stream()
                .filter(item -> item.affects(root) && !isBehindAnotherRootItem(item))
                .anyMatch(item -> waiting.stream()
                        .anyMatch(o -> (o.order < item.order || !o.ordered())
                                && (o.ordered() || !onlyTasks)
                                && o.lane == item.lane
                                && touches(o, tab)
                                && !isSuspended(o)));
    }

    private boolean isBehindAnotherRootItem(Item item) {
        return waiting.stream().anyMatch(o -> o.affects(root) && o.lane == item.lane && o.order < item.order);
    }

    /**
     * Items that are ready but may be kept back so that the own turn of a TabGroup, of the root group or of several groups
     * gets its chance.
     */
    boolean heldForBarrier(Item item) {
        return waiting.stream().anyMatch(o -> o != item && mayHold(o, item) && orderObstacle(o) == null);
    }

    private boolean mayHold(Item barrier, Item item) {
        return barrier.affects(root)
                || (barrier.groups.size() > 1 && related(barrier, item))
                || item.groups.stream()
                        .anyMatch(group -> tabs.containsKey(group)
                                && barrier.affects(tabs.getOrDefault(group, group))
                                && !barrier.affects(group));
    }

    void started(Item item, Limits limits, boolean onTop) {
        String obstacle = obstacle(item);
        check(obstacle == null, item + " started although " + obstacle);
        boolean urgent = mayBeUrgent(item);
        if (onTop) {
            check(urgent, "G4: " + item + " runs on top of a turn that is no less urgent");
        }
        boolean urgentReady = ready().stream().anyMatch(o -> urgent(o) && !heldForBarrier(o));
        int[] age = ages.getOrDefault(item, new int[] {0, 1});
        if (!urgent && urgentReady) {
            check(
                    urgentStarts >= limits.backgroundEvery() || starts - firstQueued(item) > limits.k() / 2,
                    "G4: " + item + " started before what is urgent, after " + urgentStarts + " urgent ones: "
                            + ready());
        }
        if (urgent) {
            urgentStarts++;
        } else if (urgentReady) {
            urgentStarts = 0;
        }
        if (item.lane != Node.IDLE && !heldForBarrier(item)) {
            check(
                    age[0] <= limits.k() * age[1],
                    "G5: " + item + " was ready for " + age[0] + " turns, at most " + age[1] + " ready groups");
        }
        waiting.remove(item);
        open.add(item);
        ages.values().forEach(a -> a[0]++);
        starts++;
        refreshReady();
    }

    private int firstQueued(Item started) {
        return waiting.stream()
                .filter(item -> item.groups.stream().anyMatch(started::affects))
                .mapToInt(queuedAt::get)
                .min()
                .orElse(starts);
    }

    void resumed(Item item) {
        if (mayBeUrgent(item)) {
            urgentStarts++;
        }
    }

    void ended(Item item) {
        check(open.remove(item), item + " was not open");
        refreshReady();
    }

    private void refreshReady() {
        List<Item> ready = ready();
        ages.keySet().retainAll(new HashSet<>(ready));
        int groups =
                (int) ready.stream().map(item -> item.groups.get(0)).distinct().count();
        for (Item item : ready) {
            int[] age = ages.computeIfAbsent(item, i -> new int[2]);
            age[1] = Math.max(age[1], groups);
        }
    }

    static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
