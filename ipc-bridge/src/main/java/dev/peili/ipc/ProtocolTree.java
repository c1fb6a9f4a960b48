package dev.peili.ipc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A top-level protocol and all that are below it, each known on the wire by its place in the list. Immutable. */
final class ProtocolTree {
    private final List<Protocol<?>> protocols = new ArrayList<>();

    ProtocolTree(Protocol<?> top) {
        protocols.add(top);
        for (int i = 0; i < protocols.size(); i++) {
            for (Protocol<?> managed : protocols.get(i).managed()) {
                if (!protocols.contains(managed)) {
                    protocols.add(managed);
                }
            }
        }
    }

    int indexOf(Protocol<?> protocol) {
        return protocols.indexOf(protocol);
    }

    /** Null if there is none at this place. */
    @Nullable
    Protocol<?> at(int index) {
        return index >= 0 && index < protocols.size() ? protocols.get(index) : null;
    }

    /** What both sides have to agree on, line by line. */
    List<String> description() {
        List<String> lines = new ArrayList<>();
        for (Protocol<?> protocol : protocols) {
            lines.add(protocol.name() + " manages " + protocol.managed());
            protocol.types().forEach(type -> lines.add(protocol.name() + " " + type.description()));
        }
        return lines;
    }

    /** The first line in which another side's description differs; null if they agree. */
    @Nullable
    String difference(List<String> others) {
        List<String> own = description();
        for (int i = 0; i < Math.max(own.size(), others.size()); i++) {
            String mine = i < own.size() ? own.get(i) : "nothing";
            String its = i < others.size() ? others.get(i) : "nothing";
            if (!mine.equals(its)) {
                return "here it is '" + mine + "', there '" + its + "'";
            }
        }
        return null;
    }
}
