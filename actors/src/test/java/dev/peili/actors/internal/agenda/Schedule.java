package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One agenda beside its reference model, driven by a list of numbers: each is an operation of a user, of a thread, or of
 * the clock. The same numbers give the same run.
 */
final class Schedule {
    static final Limits LIMITS = new Limits(40, 4, 4, 3, 4, 2);
    private static final int SEATS = 3;

    private long now;
    private final Agenda agenda = new Agenda(LIMITS, new NoSignals(), () -> now, "root", "pool");
    private final ReferenceModel model = new ReferenceModel(agenda.root());
    private final List<Node> groups = new ArrayList<>();
    private final List<Node> tabs = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private int orders;
    int startedCount;
    int onTopCount;
    int parkedCount;
    int jointCount;
    int withdrawnCount;
    int batchedCount;

    /** A seat and what is open on it, as a thread would know it. */
    private static final class Place {
        final Seat seat;
        final List<Item> stack = new ArrayList<>();
        boolean parked;

        Place(Seat seat) {
            this.seat = seat;
        }

        Item top() {
            return stack.get(stack.size() - 1);
        }
    }

    Schedule() {
        groups.add(agenda.root());
        for (int t = 0; t < 3; t++) {
            Node tab = agenda.newTabGroup("t" + t);
            tabs.add(tab);
            groups.add(tab);
            for (int d = 0; d < 2; d++) {
                Node doc = agenda.newDocGroup(tab, "t" + t + "d" + d);
                model.addDoc(doc, tab);
                groups.add(doc);
            }
        }
        for (int i = 0; i < SEATS; i++) {
            places.add(new Place(agenda.newSeat()));
        }
    }

    void run(List<Integer> numbers) {
        try {
            for (int number : numbers) {
                step(number);
            }
            drain();
        } catch (AssertionError | RuntimeException e) {
            String tail = log.stream().skip(Math.max(0, log.size() - 60)).collect(Collectors.joining("\n  "));
            throw new AssertionError(e + "\nthe last steps:\n  " + tail, e);
        }
    }

    private void step(int number) {
        int argument = number / 32;
        Place place = places.get(argument % places.size());
        switch (number % 32) {
            case 0 -> enqueueSeveral(argument, place);
            case 1, 2, 3, 4, 5, 6, 7 -> enqueue(argument, null);
            case 8 -> enqueueJoint(argument);
            case 9, 10, 11 -> enqueue(argument, place);
            case 12, 13, 14, 15, 16, 17 -> next(place);
            case 18, 19, 20 -> end(place);
            case 21, 22, 23 -> endAndNext(batched(place));
            case 24, 25, 26 -> checkpoint(place);
            case 27 -> handOver(place);
            case 28 -> setVisible(argument);
            case 29 -> suspendOrResume(argument);
            case 30 -> {
                switch (argument % 4) {
                    case 0, 1 -> enqueueLabelled(argument / 4);
                    case 2 -> withdraw(argument / 4);
                    default -> hurry(argument / 4);
                }
            }
            default -> tick(argument);
        }
    }

    private void enqueue(int argument, @Nullable Place by) {
        // Root items are rare, and so are many categories at once.
        int which = argument % 64;
        Node group = which == 0 ? agenda.root() : groups.get(1 + which % (groups.size() - 1));
        int lane = (argument / 64) % 8 < 6 ? 2 : new int[] {0, Node.IDLE}[(argument / 512) % 2];
        Seat seat = by == null || by.parked || by.stack.isEmpty() ? null : by.seat;
        Item item = new Item(group, lane, orders++, seat != null && (argument / 1024) % 4 != 0);
        log.add("enqueue " + item + (seat == null ? "" : " in a turn"));
        model.queued(item);
        agenda.enqueue(item, seat);
    }

    /** Tasks for a document, in one category, which may follow each other in a batch; of a quiet family, if there is one. */
    private void enqueueSeveral(int argument, Place place) {
        List<Node> docs = groups.stream()
                .filter(group -> group.kind == Node.Kind.DOC)
                .filter(doc -> model.waiting.stream()
                        .noneMatch(item -> item.groups.stream().anyMatch(group -> model.related(group, doc))))
                .toList();
        Node doc = docs.isEmpty() ? groups.get(2) : docs.get(argument % docs.size());
        for (int i = 0; i < 2 + argument / 64 % 4; i++) {
            Item item = Item.task(doc, 2, orders++, null);
            log.add("enqueue " + item);
            model.queued(item);
            agenda.enqueue(item, null);
        }
        next(place);
    }

    private static boolean mayFollow(Place place) {
        return !place.parked && place.stack.size() == 1 && place.seat.following() != null;
    }

    /** The first whose turn may be followed by another of its batch; else the one that is given. */
    private Place batched(Place place) {
        return places.stream().filter(Schedule::mayFollow).findFirst().orElse(place);
    }

    private void enqueueLabelled(int argument) {
        Node group = groups.get(argument % groups.size());
        int lane = argument / 16 % 8 < 6 ? 2 : new int[] {0, Node.IDLE}[argument / 128 % 2];
        Item item = new Item(group, lane, orders++, new Admission(() -> {}));
        log.add("enqueue " + item);
        model.queued(item);
        agenda.enqueue(item, null);
    }

    private void withdraw(int argument) {
        List<Item> labelled = Stream.concat(model.waiting.stream(), model.open.stream())
                .filter(item -> item.admission() != null)
                .toList();
        if (!labelled.isEmpty()) {
            Item item = labelled.get(argument % labelled.size());
            boolean waits = model.waiting.contains(item);
            log.add("withdraw " + item);
            if (waits) {
                model.withdrawn(item);
                withdrawnCount++;
            }
            ReferenceModel.check(agenda.withdraw(item) == waits, item + (waits ? " was not there" : " was there"));
        }
    }

    private void enqueueJoint(int argument) {
        int others = groups.size() - 1;
        List<Node> affected = new ArrayList<>();
        for (int seed = argument; affected.size() < 2 + argument / 4096 % 2; seed = seed * 31 + 7) {
            Node group = groups.get(1 + Math.floorMod(seed, others));
            if (affected.stream().noneMatch(other -> model.related(group, other))) {
                affected.add(group);
            }
        }
        int lane = argument / 64 % 8 < 6 ? 2 : new int[] {0, Node.IDLE}[argument / 512 % 2];
        Item item = new Item(affected, lane, orders++);
        log.add("enqueue " + item);
        model.queued(item);
        Entry entry = agenda.enqueue(new Joint(
                item,
                affected.stream()
                        .map(group -> new Joint.Share(group, new Admission(() -> {})))
                        .toList()));
        ReferenceModel.check(entry == Entry.ADMITTED, item + ": " + entry);
        jointCount++;
    }

    private void hurry(int argument) {
        List<Item> idle = model.waiting.stream()
                .filter(item -> item.lane == Node.IDLE && item.ordered() && item.groups.size() == 1)
                .filter(item -> !item.affects(agenda.root()))
                .toList();
        if (!idle.isEmpty()) {
            Item item = idle.get(argument % idle.size());
            log.add("hurry " + item);
            model.hurried(item);
            agenda.hurry(item);
        }
    }

    private boolean next(Place place) {
        if (place.parked || !place.stack.isEmpty()) {
            return false;
        }
        return begun(place, agenda.next(place.seat));
    }

    private boolean endAndNext(Place place) {
        if (place.parked || place.stack.size() != 1) {
            return end(place);
        }
        Item item = place.stack.remove(0);
        log.add("end " + item);
        model.ended(item);
        int started = place.seat.batch.started();
        Work next = agenda.endAndNext(place.seat);
        batchedCount += place.seat.batch.started() > started ? 1 : 0;
        begun(place, next);
        return true;
    }

    private boolean begun(Place place, @Nullable Work work) {
        log.add("next: " + work);
        if (work == null) {
            List<Item> left = model.ready();
            left.removeIf(model::heldForBarrier);
            left.removeIf(item -> places.stream().anyMatch(p -> p.seat.inSlot() == item));
            ReferenceModel.check(left.isEmpty(), "nothing was started although these are ready: " + left);
            return false;
        }
        started(place, work, false);
        return true;
    }

    private void started(Place place, Work work, boolean onTop) {
        if (work instanceof Seat.Resume resume) {
            Place other = places.stream()
                    .filter(p -> p.seat == resume.seat())
                    .findFirst()
                    .orElseThrow();
            ReferenceModel.check(other.parked, "resumed a seat that was not parked");
            other.parked = false;
            model.resumed(other.top());
            agenda.restart(other.seat);
            return;
        }
        Item item = (Item) work;
        model.started(item, LIMITS, onTop);
        place.stack.add(item);
        startedCount++;
    }

    private boolean end(Place place) {
        if (place.parked || place.stack.isEmpty()) {
            return false;
        }
        Item item = place.stack.remove(place.stack.size() - 1);
        log.add("end " + item);
        model.ended(item);
        agenda.end(place.seat);
        return true;
    }

    private void checkpoint(Place place) {
        if (place.parked || place.stack.isEmpty()) {
            return;
        }
        Item beneath = place.top();
        boolean urgent = model.urgent(beneath);
        Work work = agenda.nextOnTop(place.seat);
        log.add("checkpoint in " + beneath + ": " + work);
        if (work != null) {
            ReferenceModel.check(!urgent, "G4: an urgent turn was paused: " + beneath);
            if (work instanceof Seat.Resume) {
                agenda.park(place.seat);
                place.parked = true;
            } else {
                onTopCount++;
            }
            started(place, work, true);
        }
    }

    private void handOver(Place place) {
        long parked = places.stream().filter(p -> p.parked).count();
        if (place.parked || place.stack.isEmpty() || parked >= 6 || !agenda.shouldHandOver(place.seat)) {
            return;
        }
        log.add("park " + place.top());
        agenda.park(place.seat);
        place.parked = true;
        parkedCount++;
        places.add(new Place(agenda.newSeat()));
    }

    private void setVisible(int argument) {
        Node tab = tabs.get(argument % tabs.size());
        boolean now = !model.isVisible(tab);
        log.add(tab.label() + (now ? " is visible" : " is not visible"));
        model.visible(tab, now);
        agenda.setVisible(tab, now);
    }

    private void suspendOrResume(int argument) {
        Node group = groups.get(1 + argument % (groups.size() - 1));
        boolean now = !group.suspended;
        log.add((now ? "suspend " : "resume ") + group.label());
        model.suspended(group, now);
        if (now) {
            agenda.suspend(group);
        } else {
            agenda.resume(group);
        }
    }

    private void tick(int argument) {
        now += 1000L * (argument % 50);
        agenda.tick();
        places.forEach(place -> agenda.emptySlot(place.seat));
    }

    /** Ends the schedule as an idle evening would: everything is resumed, and every turn ends. */
    private void drain() {
        groups.stream().skip(1).filter(group -> group.suspended).forEach(group -> {
            model.suspended(group, false);
            agenda.resume(group);
        });
        boolean progress = true;
        while (progress) {
            progress = false;
            tick(1);
            for (Place place : List.copyOf(places)) {
                progress |= next(place);
                progress |= mayFollow(place) ? endAndNext(place) : end(place);
            }
        }
        ReferenceModel.check(model.open.isEmpty(), "still open: " + model.open);
        ReferenceModel.check(model.waiting.isEmpty(), "G6: never started: " + model.waiting);
    }
}
