'use strict';
importScripts('market-words.js');
fetch('http://api.market.example/data/3000');
