package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    private @Nullable Node tabOf(Node group) {
        return group == root ? null : tabs.getOrDefault(group, group);
    }

    boolean related(Node a, Node b) {
        return a == b || a == root || b == root || tabs.get(a) == b || tabs.get(b) == a;
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
            if (related(item.group, other.group)) {
                return "G1: " + other + " is open";
            }
        }
        return orderObstacle(item);
    }

    private @Nullable String orderObstacle(Item item) {
        if (isSuspended(item.group)) {
            return "its group is suspended";
        }
        for (Item other : waiting) {
            if (item.ordered() && other.ordered() && mayBeOrdered(other, item)) {
                return "G2: " + other + " was first";
            }
        }
        if (item.lane == Node.IDLE
                && waiting.stream().anyMatch(o -> o.ordered() && o.group == item.group && o.lane != Node.IDLE)) {
            return "its group has other work";
        }
        return null;
    }

    private boolean mayBeOrdered(Item first, Item second) {
        return first.order < second.order
                && first.lane == second.lane
                && related(first.group, second.group)
                && !isSuspended(first.group);
    }

    /** What may start, and would also be in order if messages were ordered like tasks, as they may be. */
    List<Item> ready() {
        return waiting.stream()
                .filter(item -> obstacle(item) == null && waiting.stream().noneMatch(o -> mayWaitFor(item, o)))
                .collect(Collectors.toList());
    }

    /** A message takes its place in its lane when it is taken out of a slot, so at any time after it was sent. */
    private boolean mayWaitFor(Item item, Item other) {
        if (item.lane == Node.IDLE && other.group == item.group && other.lane != Node.IDLE) {
            return true;
        }
        boolean ordered = item.ordered() && other.ordered();
        boolean sameLane = other.lane == item.lane && related(item.group, other.group);
        return item != other
                && !ordered
                && sameLane
                && (!item.ordered() || other.order < item.order || !other.ordered());
    }

    /**
     * G4: a visible TabGroup, the root group, a TabGroup whose queued work stands before a root item, and, from some
     * moment on that is not ours to say, one whose open turn a root item waits for.
     */
    boolean mayBeUrgent(Node group) {
        Node tab = tabOf(group);
        return urgent(group)
                || standsBeforeRoot(tab, false)
                || (open.stream().anyMatch(o -> tabOf(o.group) == tab)
                        && waiting.stream().anyMatch(o -> o.group == root && orderObstacle(o) == null));
    }

    /** The part of {@link #mayBeUrgent} that holds at once. */
    boolean urgent(Node group) {
        Node tab = tabOf(group);
        return tab == null || visible.contains(tab) || standsBeforeRoot(tab, true);
    }

    /** @param onlyTasks false to count messages too, which may be ordered before a root item */
    private boolean standsBeforeRoot(@Nullable Node tab, boolean onlyTasks) {
        return waiting.stream()
                .filter(item -> item.group == root && !isBehindAnotherRootItem(item))
                .anyMatch(item -> waiting.stream()
                        .anyMatch(o -> (o.order < item.order || !o.ordered())
                                && (o.ordered() || !onlyTasks)
                                && o.lane == item.lane
                                && tabOf(o.group) == tab
                                && !isSuspended(o.group)));
    }

    private boolean isBehindAnotherRootItem(Item item) {
        return waiting.stream().anyMatch(o -> o.group == root && o.lane == item.lane && o.order < item.order);
    }

    /** Items that are ready but may be kept back so that a TabGroup's or the root group's own turn gets its chance. */
    boolean heldForBarrier(Item item) {
        Node tab = tabOf(item.group);
        return waiting.stream()
                .anyMatch(o -> (o.group == root || (o.group == tab && item.group != tab)) && orderObstacle(o) == null);
    }

    void started(Item item, Limits limits, boolean onTop) {
        String obstacle = obstacle(item);
        check(obstacle == null, item + " started although " + obstacle);
        boolean urgent = mayBeUrgent(item.group);
        if (onTop) {
            check(urgent, "G4: " + item + " runs on top of a turn that is no less urgent");
        }
        boolean urgentReady = ready().stream().anyMatch(o -> urgent(o.group) && !heldForBarrier(o));
        int[] age = ages.getOrDefault(item, new int[] {0, 1});
        if (!urgent && urgentReady) {
            check(
                    urgentStarts >= limits.backgroundEvery() || starts - firstQueued(item.group) > limits.k() / 2,
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

    private int firstQueued(Node group) {
        return waiting.stream()
                .filter(item -> item.group == group)
                .mapToInt(queuedAt::get)
                .min()
                .orElse(starts);
    }

    void resumed(Item item) {
        if (mayBeUrgent(item.group)) {
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
        int groups = (int) ready.stream().map(item -> item.group).distinct().count();
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
