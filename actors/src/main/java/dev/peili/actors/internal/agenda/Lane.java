package dev.peili.actors.internal.agenda;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One category's queue in one group: first in, first out. Work that is {@linkplain Work#aside set aside} keeps its place
 * but is passed by as if it were not there. Guarded by the lock of the family.
 */
final class Lane {
    /** Which category's it is. */
    final int index;
    /** Another one of the same node. */
    final @Nullable Lane sibling;

    private @Nullable Work head;
    private @Nullable Work tail;

    private int size;
    private int setAside;
    /** How many of them are tasks, which a bound counts. */
    private int tasks;
    /** How often another lane of this node was chosen while this one could have been. */
    int passedOver;
    /** Whether the head stands before the oldest waiting root task of this category. */
    boolean holdsRoot;

    Lane(int index, @Nullable Lane sibling) {
        this.index = index;
        this.sibling = sibling;
    }

    void append(Work work) {
        work.next = null;
        if (head == null) {
            // The tail is left as it was: a reference that need not be stored is a barrier that need not be paid.
            head = work;
        } else if (head.next == null) {
            head.append(work);
            tail = work;
        } else {
            Objects.requireNonNull(tail).append(work);
            tail = work;
        }
        count(work, 1);
    }

    private void count(Work work, int change) {
        size += change;
        setAside += work.aside ? change : 0;
        tasks += work.ordered() ? change : 0;
    }

    /** Removes what goes next, which is the first or one of those that are {@linkplain #copyFreeTo free}. */
    Work take(Work taken) {
        remove(taken);
        passedOver = 0;
        return taken;
    }

    /** Removes the first ones, none of which is set aside. */
    void removeFirst(int removed) {
        Work rest = head;
        for (int i = 0; i < removed; i++) {
            Work work = Objects.requireNonNull(rest);
            rest = work.next;
            work.next = null;
            count(work, -1);
        }
        head = rest;
        forgetTailIfEmpty();
        passedOver = 0;
    }

    private void forgetTailIfEmpty() {
        if (head == null && tail != null) {
            // Or an idle lane would keep its last task, and what that refers to.
            tail = null;
        }
    }

    /** What comes after the work that was just taken, if that was the first; null if nothing does, or it was not. */
    @Nullable
    Work following(Work taken) {
        return head != null && head.arrival > taken.arrival ? head : null;
    }

    /** Removes the work wherever it is; false if it is not here. */
    boolean remove(Work work) {
        if (work == head) {
            head = work.next;
        } else if (!unlink(work)) {
            return false;
        }
        forgetTailIfEmpty();
        work.next = null;
        count(work, -1);
        return true;
    }

    private boolean unlink(Work work) {
        Work before = head;
        while (before != null && before.next != work) {
            before = before.next;
        }
        if (before == null) {
            return false;
        }
        before.next = work.next;
        if (tail == work) {
            tail = before;
        }
        return true;
    }

    /** Adds what is no task. */
    void copyMailboxesTo(List<Work> list) {
        for (Work work = tasks == size ? null : head; work != null; work = work.next) {
            if (!work.ordered()) {
                list.add(work);
            }
        }
    }

    /** Removes all that pass the test, in a new lane's worth of appending: for rare occasions. */
    void removeIf(Predicate<Work> test) {
        Work work = head;
        head = null;
        tail = null;
        size = 0;
        setAside = 0;
        tasks = 0;
        while (work != null) {
            Work next = work.next;
            work.next = null;
            if (!test.test(work)) {
                append(work);
            }
            work = next;
        }
    }

    /** Sets work of this lane aside, or back. */
    void setAside(Work work, boolean now) {
        if (work.aside != now) {
            work.aside = now;
            setAside += now ? 1 : -1;
        }
    }

    /** Whether nothing may go next, because nothing is here or all of it is set aside. */
    boolean isEmpty() {
        return size == setAside;
    }

    /** How many wait, those set aside included. */
    int size() {
        return size - started();
    }

    int tasks() {
        return tasks - started();
    }

    /** How many were started although they are here. */
    private int started() {
        int started = 0;
        for (Work work = head; work != null && work.isClaimed(); work = work.next) {
            started++;
        }
        return started;
    }

    /**
     * Adds what the order within this lane leaves free to go next: the first task, and all that is none.
     *
     * @param pastTasks whether that may come before tasks that stand before it; if not, the first task is not added behind others
     */
    void copyFreeTo(List<Work> list, boolean pastTasks) {
        boolean noTask = true;
        for (Work work = head; work != null && (noTask || pastTasks); work = work.next) {
            boolean isTask = work.ordered();
            if (!work.aside && (!isTask || (noTask && (pastTasks || list.isEmpty())))) {
                list.add(work);
            }
            noTask &= !isTask || work.aside;
        }
    }

    /** What goes next and was not started by a batch; null if there is nothing. */
    @Nullable
    Work firstWaiting() {
        Work first = head;
        while (first != null && (first.aside || first.isClaimed())) {
            first = first.next;
        }
        return first;
    }

    /** What goes next when no turn is open. */
    Work first() {
        Work first = Objects.requireNonNull(head);
        while (first.aside) {
            first = Objects.requireNonNull(first.next);
        }
        return first;
    }
}
