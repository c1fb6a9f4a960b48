package dev.peili.actors;

/** The ways in which code of a user can fail. */
enum Failure {
    EXCEPTION {
        @Override
        Throwable thrown() {
            return new IllegalArgumentException("wrong");
        }
    },
    CHECKED {
        @Override
        Throwable thrown() {
            return new Exception("wrong");
        }
    },
    INTERRUPTED {
        @Override
        Throwable thrown() {
            return new InterruptedException("wrong");
        }
    },
    ASSERTION {
        @Override
        Throwable thrown() {
            return new AssertionError("wrong");
        }
    },
    STACK_OVERFLOW {
        @Override
        Throwable thrown() {
            return new StackOverflowError("as good as real");
        }
    },
    OUT_OF_MEMORY {
        @Override
        Throwable thrown() {
            return new OutOfMemoryError("as good as real");
        }
    },
    THREAD_DEATH {
        @Override
        Throwable thrown() {
            return new ThreadDeath();
        }
    },
    LINKAGE {
        @Override
        Throwable thrown() {
            return new NoClassDefFoundError("wrong");
        }
    },
    /** Neither exception nor error. */
    THROWABLE {
        @Override
        Throwable thrown() {
            return new Throwable("wrong");
        }
    },
    /** Has a cause that has it as its cause. */
    CIRCULAR {
        @Override
        Throwable thrown() {
            Exception cause = new Exception("wrong");
            Exception failure = new Exception("wrong as well", cause);
            cause.initCause(failure);
            return failure;
        }
    },
    /** Throws when it is asked what it is. */
    UNSPEAKABLE {
        @Override
        Throwable thrown() {
            return new Unspeakable(new IllegalStateException("not even this"));
        }
    },
    /** Throws what throws in its turn. */
    TWICE_UNSPEAKABLE {
        @Override
        Throwable thrown() {
            return new Unspeakable(new Unspeakable(new IllegalStateException("not even this")));
        }
    },
    /** Throws what Pekko calls fatal. */
    UNSPEAKABLE_ERROR {
        @Override
        Throwable thrown() {
            return new UnspeakableError();
        }
    };

    abstract Throwable thrown();

    final void happen() {
        sneak(thrown());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException instead;

        Unspeakable(RuntimeException instead) {
            super("", null, false, true);
            this.instead = instead;
        }

        @Override
        public String getMessage() {
            throw instead;
        }
    }

    /** As of a getMessage that calls itself. */
    private static final class UnspeakableError extends LinkageError {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnspeakableError();
        }
    }
}
