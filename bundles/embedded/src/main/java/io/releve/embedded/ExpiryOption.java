package io.releve.embedded;

/** When EXPIRE and the like take effect: without, with a time to live; a later, an earlier one. */
public enum ExpiryOption {
    NX, XX, GT, LT
}
