package dev.peili.actors.internal.agenda;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One category's queue in one group: first in, first out. Guarded by the lock of the family. */
final class Lane {
    @Nullable
    Work head;

    private @Nullable Work tail;
    /** How often another lane of this node was chosen while this one could have been. */
    int passedOver;
    /** Whether the head stands before the oldest waiting root task of this category. */
    boolean holdsRoot;

    void append(Work work) {
        work.next = null;
        if (head == null) {
            // The tail is left as it was: a reference that need not be stored is a barrier that need not be paid.
            head = work;
        } else if (head.next == null) {
            head.next = work;
            tail = work;
        } else {
            Objects.requireNonNull(tail).next = work;
            tail = work;
        }
    }

    Work take() {
        Work taken = Objects.requireNonNull(head);
        head = taken.next;
        taken.next = null;
        if (head == null && tail != null) {
            // Or an idle lane would keep its last task, and what that refers to.
            tail = null;
        }
        passedOver = 0;
        return taken;
    }

    boolean isEmpty() {
        return head == null;
    }

    Work first() {
        return Objects.requireNonNull(head);
    }
}
