package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;

/** A canonical, as it should be: what it was set to by the turns that did not fail. */
final class ModelCanonical implements ModelSource {
    private final Player owner;
    private final String name;
    final Canonical<Value> real;
    /** All that it ever was at the end of a turn. */
    private final List<Value> values = new ArrayList<>();
    /** What it is in the running turn. */
    Value now;
    /** Whether the running turn has set it. */
    boolean isSet;
    /** Whether the turn that has just ended has changed it. */
    boolean changed;

    ModelCanonical(Player owner, String name, Canonical<Value> real, Value initial) {
        this.owner = owner;
        this.name = name;
        this.real = real;
        this.now = initial;
        values.add(initial);
    }

    @Override
    public Player owner() {
        return owner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int version() {
        return values.size();
    }

    Value committed() {
        return values.get(values.size() - 1);
    }

    void set(Value value) {
        now = value;
        isSet = true;
    }

    void commit() {
        changed = !now.equals(committed());
        if (changed) {
            values.add(now);
        }
        isSet = false;
    }

    void rollBack() {
        now = committed();
        isSet = false;
    }

    @Override
    public String toString() {
        return name;
    }
}
