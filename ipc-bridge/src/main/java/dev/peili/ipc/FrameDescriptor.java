package dev.peili.ipc;

import java.util.List;

/**
 * The layout of packets and frames. A packet is what is sent in one piece; all numbers are big-endian.
 *
 * <pre>
 *  packet
 *  0       1                               9
 * +-------+-------------------------------+---------+---------+-----
 * |version| number of the first frame     | frame   | frame   | ...
 * +-------+-------------------------------+---------+---------+-----
 *
 *  frame
 *  0               4     5
 * +---------------+-----+------------------------------------------
 * | length        |type | body, of length - 1 bytes
 * +---------------+-----+------------------------------------------
 *
 *  CONSTRUCTOR    actor id 8 | manager id 8 | protocol 2 | type 2 | payload
 *  MESSAGE        actor id 8 | type 2 | payload
 *  DELETE         actor id 8 | reason 1 | detail in UTF-8
 *  ACTOR_CREDIT   actor id 8 | messages 8
 *  CREDIT         bytes 8
 *  HEARTBEAT
 *  CLOSE          reason 1 | detail in UTF-8
 * </pre>
 *
 * <p>Each frame has a number, one more than the frame before, also from packet to packet; the first of a channel is 1. Ids
 * are 0 for the top-level actor, above 0 for actors that the parent side has made, below 0 for the child's.
 */
final class FrameDescriptor {
    static final int VERSION = 1;
    static final int PACKET_HEADER = 1 + Long.BYTES;
    static final int FRAME_HEADER = Integer.BYTES + 1;

    static final int CONSTRUCTOR_BODY = 2 * Long.BYTES + 2 * Short.BYTES;
    static final int MESSAGE_BODY = Long.BYTES + Short.BYTES;
    static final int DELETE_BODY = Long.BYTES + 1;
    static final int ACTOR_CREDIT_BODY = 2 * Long.BYTES;
    static final int CREDIT_BODY = Long.BYTES;
    static final int CLOSE_BODY = 1;

    /** A reason's code is its place here. */
    static final List<DestroyReason> DESTROY_REASONS = List.of(DestroyReason.values());

    static final List<CloseReason> CLOSE_REASONS = List.of(CloseReason.values());

    /** What a detail is cut to, in bytes; it fits into the smallest frame that the settings allow. */
    static final int MAX_DETAIL = 1000;

    private FrameDescriptor() {}
}
