/** A database for values that are only to be checked: it keeps what the check needs, and only while it lasts. */
package io.releve.format.rdb.discard;
