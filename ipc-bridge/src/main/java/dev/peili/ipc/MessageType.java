package dev.peili.ipc;

/** One kind of message of a protocol, known on the wire by its place in the list of all. Immutable. */
final class MessageType {
    private final int index;
    private final Class<? extends ProtocolMessage> type;
    private final boolean isConstructor;
    private final boolean isSentByParent;
    private final boolean isSentByChild;

    MessageType(int index, Class<? extends ProtocolMessage> type) {
        this.index = index;
        this.type = type;
        this.isConstructor = Constructor.class.isAssignableFrom(type);
        this.isSentByParent = !ToParent.class.isAssignableFrom(type);
        this.isSentByChild = !ToChild.class.isAssignableFrom(type);
        if (!isSentByParent && !isSentByChild) {
            throw new IllegalArgumentException(type.getName()
                    + " is marked as ToParent and as ToChild: leave out both for" + " a message that goes both ways");
        }
    }

    int index() {
        return index;
    }

    Class<? extends ProtocolMessage> type() {
        return type;
    }

    boolean isConstructor() {
        return isConstructor;
    }

    /** Whether this side may send it. */
    boolean isSentBy(Side side) {
        return side == Side.PARENT ? isSentByParent : isSentByChild;
    }

    /** What both sides have to agree on. */
    String description() {
        return type.getName()
                + (isConstructor ? " constructor" : "")
                + (isSentByParent ? " parent" : "")
                + (isSentByChild ? " child" : "");
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
