// The parts that are used here have the same types in both versions.
import Sqlite = require('../node_modules/@types/better-sqlite3/index.js')

export = Sqlite
