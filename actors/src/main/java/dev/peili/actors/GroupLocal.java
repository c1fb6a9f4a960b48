package dev.peili.actors;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * State that belongs to a group, and can be touched only in its turns (promise G8): in a turn of the group itself, of a
 * group above it, or of a task that affects it. Turns of those never overlap, so it needs no lock. Everywhere else each
 * method throws at once, which turns a race that would show up once a month into a failure of the first test.
 *
 * <pre>{@code
 * GroupLocal<Map<String, Node>> nodes = GroupLocal.withInitial(document.docGroup(), HashMap::new);
 * document.dispatch("insert", TaskCategory.NETWORK, () -> nodes.get().put(id, node));
 * }</pre>
 *
 * <p>What {@link #get()} returns is the state itself: do not let it out of the turn. A restart of the group ({@link
 * TaskSupervision#restart()}) gives it its initial value again. Gecko does the same with {@code ValidateAccess} of its
 * scheduler groups.
 *
 * @param <T> the type of the state
 */
public final class GroupLocal<T> {
    private final SchedulerGroup group;
    private final Supplier<? extends T> initial;
    private @Nullable T value;
    /** In which incarnation of the group the value was set; 0 is in none. */
    private int incarnation;

    private GroupLocal(SchedulerGroup group, Supplier<? extends T> initial) {
        this.group = group;
        this.initial = initial;
    }

    /** State of this group; its first value is made when it is first touched, in that turn. Any thread. */
    public static <T> GroupLocal<T> withInitial(SchedulerGroup group, Supplier<? extends T> initial) {
        return new GroupLocal<>(Objects.requireNonNull(group), Objects.requireNonNull(initial));
    }

    /** The group that it belongs to. Any thread. */
    public SchedulerGroup group() {
        return group;
    }

    /**
     * The present value.
     *
     * @throws IllegalStateException outside of the turns named above
     */
    public T get() {
        check();
        int now = group.core().tasks().incarnation();
        if (incarnation != now || value == null) {
            value = Objects.requireNonNull(initial.get(), "the initial value");
            incarnation = now;
        }
        return value;
    }

    /**
     * Replaces the value.
     *
     * @throws IllegalStateException outside of the turns named above
     */
    public void set(T next) {
        check();
        value = Objects.requireNonNull(next);
        incarnation = group.core().tasks().incarnation();
    }

    private void check() {
        if (!group.isCurrent()) {
            throw new IllegalStateException("state of " + group.name() + " was touched "
                    + SchedulerGroup.current()
                            .map(current -> "in a turn of " + current.name())
                            .orElse("outside of any group's turn, on thread "
                                    + Thread.currentThread().getName())
                    + "; dispatch a task to " + group.name() + " for it");
        }
    }

    @Override
    public String toString() {
        return "GroupLocal of " + group.name();
    }
}
