package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises G1, G2 and G6 under real threads: many groups, all categories, more permits than cores, a pause at every
 * checkpoint, and state that nothing guards but the groups.
 */
final class ChaosTest {
    private static final int SENDERS = 3;
    private static final int LANES = TaskCategory.values().length;
    private static final int QUEUED_AT_MOST = 1_000;
    private static final long TURNS = 10_000_000;

    @RegisterExtension
    final Systems systems = new Systems();

    private final long seed = Systems.seed();
    private final List<State> states = new ArrayList<>();
    private final ConcurrentHashMap<String, Boolean> violations = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(QUEUED_AT_MOST);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    /** What belongs to one group; no field of it is volatile or locked. */
    private static final class State {
        final SchedulerGroup group;
        final List<State> related = new ArrayList<>();
        /** The number of the last task that started, for each sender and category. */
        final long[][] last = new long[SENDERS][LANES];

        long turns;
        boolean inside;

        State(SchedulerGroup group) {
            this.group = group;
        }
    }

    @ParameterizedTest
    @CsvSource({"on-top, false", "hand-over, false", "on-top, true"})
    void relatedTurns_neverOverlap_andKeepTheirOrder(String pause, boolean suspensions) {
        // Deep trees of turns on top need threads for those that are parked besides.
        Groups groups = systems.groups(
                Runtime.getRuntime().availableProcessors() + 3, "chaos = on", "pause = " + pause, "max-parked = 32");
        List<Tab> tabs = openGroups(groups);
        List<ActorRef<Long>> actors = spawnActors();
        AtomicBoolean over = new AtomicBoolean();
        long until = System.nanoTime() + Systems.budgetNanos(40);
        Runnable[] senders = new Runnable[SENDERS + 1];
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            senders[s] = () -> {
                Random random = new Random(seed + sender);
                for (long number = 1; goesOn(until); number++) {
                    send(groups, actors, sender, number, suspensions, random);
                }
                over.set(true);
            };
        }
        senders[SENDERS] = () -> disturb(tabs, suspensions, new Random(seed - 1), over);
        Systems.inParallel(senders);
        Systems.await("every accepted turn, seed " + seed, () -> ended.get() == accepted.get());
        assertThat(violations.keySet()).as("seed %d", seed).isEmpty();
        assertThat(turns(groups)).as("no turn's count was lost, seed %d", seed).isEqualTo(accepted.get());
        assertThat(groups.pauses()).isPositive();
        System.out.println(pause + ": " + accepted + " turns, " + groups.pauses() + " pauses, seed " + seed);
    }

    private boolean goesOn(long until) {
        return Boolean.getBoolean("peili.deep") ? accepted.get() < TURNS / 3 : System.nanoTime() < until;
    }

    private List<Tab> openGroups(Groups groups) {
        List<Tab> tabs = new ArrayList<>();
        states.add(new State(groups.root()));
        for (int t = 0; t < 4; t++) {
            Tab tab = groups.openTab();
            tabs.add(tab);
            states.add(new State(tab.tabGroup()));
            for (int d = 0; d < 3; d++) {
                states.add(new State(tab.openDocument(Site.of("site-" + d)).docGroup()));
            }
        }
        for (State state : states) {
            states.stream()
                    .filter(other -> other != state && other.group.isRelatedTo(state.group))
                    .forEach(state.related::add);
        }
        return tabs;
    }

    private List<ActorRef<Long>> spawnActors() {
        List<ActorRef<Long>> actors = new ArrayList<>();
        for (State state : states) {
            actors.add(Systems.spawn(
                    state.group,
                    Behaviors.receiveMessage(number -> {
                        turn(List.of(state));
                        return Behaviors.same();
                    }),
                    "actor"));
        }
        return actors;
    }

    private void send(
            Groups groups, List<ActorRef<Long>> actors, int sender, long number, boolean suspensions, Random random) {
        room.acquireUninterruptibly();
        accepted.incrementAndGet();
        // The root group is rare, as it should be.
        int which = random.nextInt(200) == 0 ? 0 : 1 + random.nextInt(states.size() - 1);
        State state = states.get(which);
        int kind = random.nextInt(10);
        TaskCategory category = List.of(TaskCategory.values()).get(random.nextInt(LANES));
        if (kind < 4) {
            actors.get(which).tell(number);
        } else {
            State other = states.get(1 + random.nextInt(states.size() - 1));
            boolean both = kind == 4 && !state.group.isRelatedTo(other.group);
            List<State> affected = both ? List.of(state, other) : List.of(state);
            groups.dispatch(affected.stream().map(s -> s.group).toList(), "chaos", category, () -> {
                if (!suspensions) {
                    affected.forEach(s -> checkOrder(s, sender, category.lane(), number));
                }
                turn(affected);
            });
        }
    }

    /** In a turn of this state's group, which related ones exclude, so their state can be read as well. */
    private void checkOrder(State state, int sender, int lane, long number) {
        for (State other : state.related) {
            if (other.last[sender][lane] > number) {
                violations.put("G2: " + state.group + " after " + other.group, true);
            }
        }
        if (state.last[sender][lane] > number) {
            violations.put("G2: " + state.group, true);
        }
        state.last[sender][lane] = number;
    }

    private void turn(List<State> affected) {
        long[] before = affected.stream().mapToLong(state -> state.turns).toArray();
        affected.forEach(this::enter);
        Turn.checkpoint();
        affected.forEach(this::checkAlone);
        Turn.checkpoint();
        for (int i = 0; i < affected.size(); i++) {
            affected.get(i).turns = before[i] + (i == 0 ? 1 : 0);
            affected.get(i).inside = false;
        }
        ended.incrementAndGet();
        room.release();
    }

    private void enter(State state) {
        if (state.inside) {
            violations.put("G1: two turns of " + state.group, true);
        }
        state.inside = true;
        checkAlone(state);
    }

    private void checkAlone(State state) {
        for (State other : state.related) {
            if (other.inside) {
                violations.put("G1: " + state.group + " and " + other.group, true);
            }
        }
    }

    /**
     * Changes what is visible, and what is suspended, until all has been sent. What waits in a suspended group is passed by,
     * so the order is not checked then.
     */
    private void disturb(List<Tab> tabs, boolean suspensions, Random random, AtomicBoolean over) {
        while (!over.get()) {
            tabs.get(random.nextInt(tabs.size())).setVisible(random.nextBoolean());
            SchedulerGroup group = states.get(1 + random.nextInt(states.size() - 1)).group;
            if (suspensions) {
                group.suspend();
            }
            Systems.spin(random.nextInt(200_000));
            group.resume();
        }
    }

    private long turns(Groups groups) {
        for (State state : states) {
            Systems.runThrough(state.group, TaskCategory.IDLE_CALLBACK);
        }
        Systems.runThrough(groups.root(), TaskCategory.IDLE_CALLBACK);
        return states.stream().mapToLong(state -> state.turns).sum();
    }
}
