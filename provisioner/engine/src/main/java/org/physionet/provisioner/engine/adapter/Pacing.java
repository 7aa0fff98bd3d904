package org.physionet.provisioner.engine.adapter;

/**
 * Keeps calls within the providers' rates: adapters ask before every call. Safe for concurrent use; whoever shares a
 * budget shares its rate.
 */
public interface Pacing {
    Pacing NONE = new Pacing() {
        @Override
        public void before(Budget budget) {}

        @Override
        public void refused(Budget budget) {}
    };

    /** Returns when the budget has a call to spend, and spends it. An interrupt ends the wait and stays set. */
    void before(Budget budget);

    /** The provider said that calls of this budget come too fast: it is halved, and recovers while nobody says so again. */
    void refused(Budget budget);
}
