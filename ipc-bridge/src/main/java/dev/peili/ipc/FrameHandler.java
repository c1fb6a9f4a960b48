package dev.peili.ipc;

/** Is told what the frames of a packet say, in order. The ids and types are as they came: nobody has checked them. */
interface FrameHandler {
    void constructor(long actor, long manager, int protocol, int type, byte[] payload) throws BadFrameException;

    void message(long actor, int type, byte[] payload) throws BadFrameException;

    void delete(long actor, ActorDestroy why) throws BadFrameException;

    void actorCredit(long actor, long messages) throws BadFrameException;

    void credit(long bytes) throws BadFrameException;

    /** The channel is closed; whatever follows does not count. */
    void close(CloseReason reason, String detail);

    /** What the frame is about, for the error of one that could not be handled. */
    default String about(long actor) {
        return "actor " + actor;
    }
}
