package dev.peili.testkit;

import dev.peili.actors.Document;
import dev.peili.actors.GroupSnapshot;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Site;
import dev.peili.actors.Tab;
import dev.peili.actors.TabGroup;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.TaskSupervision;
import dev.peili.actors.Turn;
import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.actors.internal.dispatch.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** What is sent in one schedule, with labels and without, to actors in groups that are suspended and come to their ends. */
final class Post {
    private static final List<TaskCategory> CATEGORIES = List.of(TaskCategory.UI, TaskCategory.OTHER);

    /** A message; its number counts what the sender has sent to this actor. */
    record Note(Recipient to, Object sender, int number, Optional<Label> where) implements Carrier {
        @Override
        public Object carried() {
            return sender;
        }

        @Override
        public @Nullable Label label() {
            return where.orElse(null);
        }

        /** The group that it should be handled in. */
        SchedulerGroup target() {
            return where.map(label -> (SchedulerGroup) label.group()).orElse(to.group);
        }
    }

    private static final class Recipient {
        final String name;
        final SchedulerGroup group;
        final Map<Object, Integer> sent = new HashMap<>();
        final Map<Object, Integer> handled = new HashMap<>();
        Optional<ActorRef<Note>> ref = Optional.empty();
        boolean stopped;
        boolean ended;

        Recipient(String name, SchedulerGroup group) {
            this.name = name;
            this.group = group;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Simulation simulation;
    private final Coverage coverage;
    private final RandomGenerator random;
    private final Groups groups;
    private final List<TabGroup> tabGroups = new ArrayList<>();
    private final List<Tab> tabs = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<SchedulerGroup> all = new ArrayList<>();
    private final List<Recipient> recipients = new ArrayList<>();
    private final Set<Note> underway = new HashSet<>();
    private final List<SchedulerGroup> open = new ArrayList<>();
    private int fuel = 60;
    private boolean broken;
    private boolean over;

    Post(Simulation simulation, Coverage coverage) {
        this.simulation = simulation;
        this.coverage = coverage;
        this.random = simulation.random();
        this.groups = Groups.get(simulation.system());
    }

    // --- Acts -------------------------------------------------------------------------------------------------------

    void begin() {
        for (int t = 0; t < 3; t++) {
            Tab tab = groups.openTab();
            tab.setVisible(random.nextBoolean());
            tabs.add(tab);
            tabGroups.add(tab.tabGroup());
            all.add(tab.tabGroup());
            for (int d = random.nextInt(3); d > 0; d--) {
                Document document = tab.openDocument(Site.of("site-" + d));
                if (random.nextBoolean()) {
                    document.docGroup().superviseTasks(TaskSupervision.stop());
                }
                documents.add(document);
                all.add(document.docGroup());
            }
        }
        int actors = 2 + random.nextInt(3);
        for (int i = 0; i < actors; i++) {
            Recipient recipient = new Recipient("r" + i, oneOf(all));
            recipients.add(recipient);
            Props props = recipient.group.props(oneOf(CATEGORIES));
            recipient.ref = Optional.of(simulation.spawn(behavior(recipient), recipient.name, props));
        }
        all.add(groups.root());
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Does something, in a turn of this sender or outside of all. */
    void act(Object sender) {
        if (fuel-- <= 0 || broken) {
            return;
        }
        switch (random.nextInt(24)) {
            case 0 -> suspendOrResume();
            case 1 -> stop(oneOf(recipients));
            case 2, 3 -> changeTabs();
            case 4 -> closeDocument();
            case 5, 6, 7, 8 -> dispatch(oneOf(all), oneOf(CATEGORIES));
            default -> tell(sender, oneOf(recipients));
        }
    }

    private void suspendOrResume() {
        SchedulerGroup group = all.get(random.nextInt(all.size() - 1));
        if (group.isSuspended()) {
            group.resume();
        } else {
            group.suspend();
        }
    }

    private void stop(Recipient recipient) {
        recipient.stopped = true;
        ((InternalActorRef) Adapter.toClassic(recipient.ref.orElseThrow())).stop();
    }

    private void changeTabs() {
        if (tabs.isEmpty()) {
            return;
        } else if (random.nextInt(3) > 0) {
            oneOf(tabs).setVisible(random.nextBoolean());
        } else {
            tabs.remove(random.nextInt(tabs.size())).close();
        }
    }

    private void closeDocument() {
        if (!documents.isEmpty()) {
            documents.remove(random.nextInt(documents.size())).close();
        }
    }

    private void dispatch(SchedulerGroup group, TaskCategory category) {
        try {
            group.dispatch("task", category, () -> {
                turn(group, () -> act(category + " of " + group));
                if (random.nextInt(6) == 0) {
                    throw new Cast.Mishap();
                }
            });
        } catch (RejectedExecutionException e) {
            check(!group.isOpen(), group + " is open and has rejected a task");
        }
    }

    private void tell(Object sender, Recipient to) {
        Optional<Label> where = Optional.empty();
        if (random.nextInt(3) > 0) {
            where = Optional.of(Label.of(oneOf(all).eventTargetFor(oneOf(CATEGORIES)), simulation.system()));
        }
        Note note = new Note(to, sender, to.sent.merge(sender, 1, Integer::sum), where);
        underway.add(note);
        to.ref.orElseThrow().tell(note);
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    private Behavior<Note> behavior(Recipient recipient) {
        return Behaviors.setup(context -> {
            turn(recipient.group, () -> {});
            return Behaviors.receive(Note.class)
                    .onMessage(Note.class, note -> {
                        handle(note);
                        return Behaviors.same();
                    })
                    .onSignal(PostStop.class, signal -> {
                        turn(recipient.group, () -> recipient.ended = true);
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private void handle(Note note) {
        Recipient me = note.to;
        SchedulerGroup target = note.target();
        boolean isThere = SchedulerGroup.current().orElse(me.group) == target;
        check(!me.stopped, note + " is handled by an actor that was stopped");
        check(me.handled.merge(note.sender, 1, Integer::sum) == note.number, note + " is out of order");
        check(underway.remove(note), note + " is handled twice");
        check(isThere || !target.isOpen(), note + " is not handled in " + target);
        check(!isSuspended(isThere ? target : me.group), note + " is handled in a group that is suspended");
        if (target != me.group) {
            String closed =
                    isThere ? "in the label's group, which is closed" : "in the own group, as the label's is closed";
            coverage.count(target.isOpen() ? "in the label's group" : closed);
        }
        turn(isThere ? target : me.group, () -> {
            for (int i = random.nextInt(3); i > 0; i--) {
                act(me);
                Turn.checkpoint();
            }
        });
    }

    /** The calling thread runs a turn, which should be one of this group. */
    private void turn(SchedulerGroup group, Runnable body) {
        SchedulerGroup current = SchedulerGroup.current().orElse(null);
        check(current == group, "a turn of " + group + " runs in " + current);
        check(!hasEnded(group), "a turn of " + group + ", which has ended");
        open.forEach(other -> check(!other.isRelatedTo(group), "turns of " + other + " and " + group + " at once"));
        if (!open.isEmpty()) {
            coverage.count("beside an open turn");
        }
        open.add(group);
        Turn.checkpoint();
        body.run();
        Turn.checkpoint();
        open.remove(open.lastIndexOf(group));
    }

    private boolean isSuspended(SchedulerGroup group) {
        boolean above = tabGroups.stream().anyMatch(other -> other.isSuspended() && other.isRelatedTo(group));
        return group.isSuspended() || (group != groups.root() && above);
    }

    private static boolean hasEnded(SchedulerGroup group) {
        try {
            group.props(TaskCategory.UI);
            return false;
        } catch (RejectedExecutionException e) {
            return true;
        }
    }

    void dead(Object message) {
        if (message instanceof Note note && underway.remove(note)) {
            coverage.count("dead letters");
            if (note.to.stopped && isSuspended(note.target()) && !isSuspended(note.to.group)) {
                coverage.count("stops past a suspended label");
            }
        }
    }

    // --- What should be so ------------------------------------------------------------------------------------------

    boolean isBroken() {
        return broken;
    }

    private void check(boolean condition, String otherwise) {
        if (!condition && !over) {
            broken = true;
            simulation.fail(new AssertionError(otherwise));
        }
    }

    /** Nothing can run any more, though some groups are suspended. */
    void checkStops() {
        for (Recipient recipient : recipients) {
            check(
                    !recipient.stopped || recipient.ended || isSuspended(recipient.group),
                    recipient + " was stopped and goes on");
        }
    }

    /** Lets come to an end what has been begun. */
    void calm() {
        fuel = 0;
        all.stream().filter(SchedulerGroup::isSuspended).forEach(SchedulerGroup::resume);
    }

    /** Nothing can run any more, and no group is suspended. */
    void checkEnd() {
        check(underway.isEmpty(), "neither handled nor dead: " + underway);
        check(open.isEmpty(), "still open: " + open);
        check(groups.snapshot().stream().map(GroupSnapshot::group).allMatch(SchedulerGroup::isOpen), "not ended");
        over = true;
        if (broken) {
            throw new AssertionError("a check has failed after the last step");
        }
    }
}
